'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { guardedAction } from '@/lib/auth/guarded-action';
import { failed } from '@/lib/forms/form-state';
import { listPath } from '@/lib/lists/list-path';
import { allowIdleRun } from '@/lib/rules/allow-idle-run';
import {
  allowIdleRunInput,
  turnOffIdleRuleInput,
  turnOnIdleRuleInput,
} from '@/lib/rules/idle-input';
import { idlePath } from '@/lib/rules/idle-path';
import { turnOffIdleRule, turnOnIdleRule } from '@/lib/rules/idle-rule';
import { shortenLifetimesInput } from '@/lib/rules/lifetime-input';
import { shortenLifetimes } from '@/lib/rules/shorten-lifetimes';
import { idleLabels, lifetimeLabels } from './rule-labels';

const proven = { reauthentication: true };

export const turnOnIdleRuleAction = guardedAction(
  'admin',
  turnOnIdleRuleInput,
  async (administrator, input) => {
    await turnOnIdleRule(administrator, input);
    revalidatePath('/settings/policies', 'layout');
    redirect(listPath(idlePath, { said: 'on' }));
  },
  proven,
);

export const turnOffIdleRuleAction = guardedAction(
  'admin',
  turnOffIdleRuleInput,
  async (administrator) => {
    await turnOffIdleRule(administrator);
    revalidatePath('/settings/policies', 'layout');
    redirect(listPath(idlePath, { said: 'off' }));
  },
  proven,
);

export const allowIdleRunAction = guardedAction(
  'admin',
  allowIdleRunInput,
  async (administrator, input) => {
    const result = await allowIdleRun(administrator, input);
    revalidatePath(idlePath);
    if (result.outcome === 'more') return failed(idleLabels.more(result.keys));
    if (result.outcome === 'over') return failed(idleLabels.over);
    redirect(listPath(idlePath, { said: 'allowed' }));
  },
  proven,
);

export const shortenLifetimesAction = guardedAction(
  'admin',
  shortenLifetimesInput,
  async (administrator, input) => {
    const result = await shortenLifetimes(administrator, input);
    if (result.outcome !== 'started') return failed(lifetimeLabels[result.outcome]);
    redirect('/settings/policies/lifetime');
  },
  proven,
);
