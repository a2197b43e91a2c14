'use server';

import { revalidatePath } from 'next/cache';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { addWebhook, deleteWebhook, renewWebhookSecret } from '@/lib/notices/change-webhook';
import {
  addWebhookInput,
  mostWebhooks,
  nothing,
  recipientsInput,
  switchWebhookInput,
  webhookInput,
} from '@/lib/notices/notice-input';
import { setRecipients } from '@/lib/notices/recipients';
import { testMail, testWebhook } from '@/lib/notices/send-test';
import { switchWebhook } from '@/lib/notices/switch-webhook';

const gone = 'This webhook was deleted. Nothing was changed.';
const options = { reauthentication: true };
const refresh = () => revalidatePath('/settings/notices', 'layout');

export const addWebhookAction = guardedAction(
  'admin',
  addWebhookInput,
  async (administrator, input) => {
    const result = await addWebhook(administrator, input);
    switch (result.outcome) {
      case 'added':
        refresh();
        return done({ id: input.id, secret: result.secret });
      case 'exists':
        return failed(
          'This webhook was added already. If its signing secret was not copied, make a new one.',
        );
      case 'too-many':
        return failed(`There are ${mostWebhooks} webhooks already.`, { url: input.url });
      case 'refused':
        return invalid({ url: result.problem }, { url: input.url });
    }
  },
  options,
);

export const switchWebhookAction = guardedAction(
  'admin',
  switchWebhookInput,
  async (administrator, input) => {
    const { outcome } = await switchWebhook(administrator, input);
    if (outcome === 'gone') return failed(gone);
    refresh();
    return done(input.active ? 'The webhook is on.' : 'The webhook is off.');
  },
  options,
);

export const renewWebhookSecretAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const result = await renewWebhookSecret(administrator, input);
    if (result.outcome === 'gone') return failed(gone);
    refresh();
    return done(result.secret);
  },
  options,
);

export const deleteWebhookAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const { outcome } = await deleteWebhook(administrator, input);
    refresh();
    return done(
      outcome === 'deleted' ? 'The webhook was deleted.' : 'This webhook had already been deleted.',
    );
  },
  options,
);

export const testWebhookAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const tried = await testWebhook(administrator, input);
    if (!tried) return failed(gone);
    refresh();
    const { status, milliseconds, problem } = tried;
    const duration = `${milliseconds.toLocaleString('en')} ms`;
    if (problem !== null) return failed(`The test did not arrive. ${problem} (${duration})`);
    return done(`The test arrived: ${status} after ${duration}.`);
  },
  options,
);

export const setRecipientsAction = guardedAction(
  'admin',
  recipientsInput,
  async (administrator, input) => {
    await setRecipients(administrator, input);
    refresh();
    return done('Saved.');
  },
  options,
);

export const testMailAction = guardedAction(
  'admin',
  nothing,
  async (administrator) => {
    const tested = await testMail(administrator);
    if (tested.length === 0) return failed('Nobody gets notices by mail.');
    refresh();
    const wrong = tested.filter(({ problem }) => problem !== null);
    if (wrong.length === 0) {
      return done(tested.length === 1 ? 'The test mail was sent.' : 'The test mails were sent.');
    }
    return failed(wrong.map(({ recipient, problem }) => `${recipient}: ${problem}`).join(' '));
  },
  options,
);
