'use server';

import { revalidatePath } from 'next/cache';
import type { Shown } from '@/components/shown-once';
import { guardedAction } from '@/lib/auth/guarded-action';
import { done, failed, invalid } from '@/lib/forms/form-state';
import { addWebhook, deleteWebhook, renewWebhookSecret } from '@/lib/notices/change-webhook';
import { chooseTypes } from '@/lib/notices/choose-types';
import {
  addWebhookInput,
  chooseTypesInput,
  mostWebhooks,
  nothing,
  recipientsInput,
  switchWebhookInput,
  webhookInput,
} from '@/lib/notices/notice-input';
import { setRecipients } from '@/lib/notices/recipients';
import { testMail, testWebhook } from '@/lib/notices/send-test';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { settingsLabels } from '../settings-labels';
import { deliveryLabels, noticeMessages as said } from './notice-labels';

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
        return done(secretOf(input.id, said.added, result.secret));
      case 'exists':
        return failed(said.exists);
      case 'too-many':
        return failed(said.tooMany(mostWebhooks), typedOf(input));
      case 'refused':
        return invalid({ url: result.problem }, typedOf(input));
    }
  },
  options,
);

export const switchWebhookAction = guardedAction(
  'admin',
  switchWebhookInput,
  async (administrator, input) => {
    const { outcome } = await switchWebhook(administrator, input);
    if (outcome === 'gone') return failed(said.gone);
    refresh();
    return done(input.active ? said.on : said.off);
  },
  options,
);

export const chooseTypesAction = guardedAction(
  'admin',
  chooseTypesInput,
  async (administrator, input) => {
    const { outcome } = await chooseTypes(administrator, input);
    if (outcome === 'gone') return failed(said.gone);
    refresh();
    return done(said.chosen);
  },
  options,
);

export const renewWebhookSecretAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const result = await renewWebhookSecret(administrator, input);
    if (result.outcome === 'gone') return failed(said.gone);
    refresh();
    return done(secretOf(input.id, said.renewed, result.secret));
  },
  options,
);

export const deleteWebhookAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const { outcome } = await deleteWebhook(administrator, input);
    refresh();
    return done(outcome === 'deleted' ? said.deleted : said.wasDeleted);
  },
  options,
);

export const testWebhookAction = guardedAction(
  'admin',
  webhookInput,
  async (administrator, input) => {
    const tried = await testWebhook(administrator, input);
    if (!tried) return failed(said.gone);
    refresh();
    const { status, milliseconds, problem } = tried;
    const duration = deliveryLabels.milliseconds(milliseconds);
    if (problem !== null) return failed(said.testFailed(problem, duration));
    return done(said.testArrived(status, duration));
  },
  options,
);

export const setRecipientsAction = guardedAction(
  'admin',
  recipientsInput,
  async (administrator, input) => {
    await setRecipients(administrator, input);
    refresh();
    return done(settingsLabels.saved);
  },
  options,
);

export const testMailAction = guardedAction(
  'admin',
  nothing,
  async (administrator) => {
    const tested = await testMail(administrator);
    if (tested.length === 0) return failed(said.noRecipients);
    refresh();
    const wrong = tested.filter(({ problem }) => problem !== null);
    if (wrong.length === 0) return done(said.mailSent(tested.length));
    return failed(wrong.map(({ recipient, problem }) => `${recipient}: ${problem}`).join(' '));
  },
  options,
);

/** What was typed and ticked, to be put back. */
const typedOf = ({ url, types }: { url: string; types: string[] }) => ({
  url,
  types: types.join('\n'),
});

/** The only answer that shows the secret. */
function secretOf(id: string, message: string, secret: string): Shown {
  const onward = `/settings/notices/${id}`;
  return { message, hint: said.secretHint, lines: [secret], onward };
}
