import { randomUUID } from 'node:crypto';
import type { Administrator } from '@/lib/access/administrator';
import { auditListParams } from '@/lib/audit/audit-input';
import { exportEvents } from '@/lib/audit/export-events';
import { changeRole, setAdministratorActive } from '@/lib/auth/change-administrator';
import { addAdministrator, handOutPassword } from '@/lib/auth/one-time-password';
import { changeOwnPassword } from '@/lib/auth/own-password';
import { removeOwnSecondFactor } from '@/lib/auth/second-factor/remove';
import {
  beginSetUp,
  confirmSetUp,
  findSetUp,
  makeRecoveryCodes,
} from '@/lib/auth/second-factor/set-up';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { endHandOver } from '@/lib/keys/hand-over/end-hand-overs';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stopOldSecret } from '@/lib/keys/overlap';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { revealKey } from '@/lib/keys/reveal-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { reportLeaksAs } from '@/lib/leaks/report-leaks-as';
import { addWebhook, deleteWebhook, renewWebhookSecret } from '@/lib/notices/change-webhook';
import { chooseTypes } from '@/lib/notices/choose-types';
import { setRecipients } from '@/lib/notices/recipients';
import { testMail, testWebhook } from '@/lib/notices/send-test';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { allowIdleRun } from '@/lib/rules/allow-idle-run';
import { findHeldRun } from '@/lib/rules/find-held-run';
import { turnOffIdleRule, turnOnIdleRule } from '@/lib/rules/idle-rule';
import { shortenLifetimes } from '@/lib/rules/shorten-lifetimes';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import { deleteUser } from '@/lib/users/delete-user';
import { disableUser } from '@/lib/users/disable-user';
import { importUsers } from '@/lib/users/import/import-users';
import { stageImport } from '@/lib/users/import/stage-import';
import { codeNow, password } from '../helpers/accounts';
import { keyRequest, makeKey } from '../helpers/keys';
import { ada, otto } from '../helpers/people';
import { dayIn, heldRun } from '../rules/helpers';
import { stage, staged } from '../transfer/helpers';

/** What exists before each change: a key of grace, her id, a webhook. */
export type Scene = { key: string; grace: string; webhook: string };

type Run = () => Promise<unknown>;
export type Change = {
  by: Administrator;
  /** The rows that the change waits for, besides the row of the administrator. */
  waitsFor?: string;
  /** Makes what the change needs, and returns a function that begins it. */
  prepare(scene: Scene): Run | Promise<Run>;
};

const grace = `select from directory_user where username = 'grace' for update`;
const key = 'select from api_key for update';
const policy = 'select from key_policy for update';
const webhook = 'select from webhook for update';
const factor = 'select from second_factor for update';

const facts = { displayName: '', email: '', active: true };
const lines = [{ line: 2, username: 'linus', ...facts, problem: null }];
const csv = (secret: string) => `username,secret\ngrace,${secret}\n`;
const foreign = () => `foreign-${randomUUID()}`;

const byOtto = (prepare: Change['prepare'], waitsFor?: string): Change => ({
  by: otto,
  prepare,
  ...(waitsFor && { waitsFor }),
});
const byAda = (prepare: Change['prepare'], waitsFor?: string): Change => ({
  ...byOtto(prepare, waitsFor),
  by: ada,
});

const bulk = async (id: string) => {
  const input = startBulkInput.parse({ verb: 'deactivate', key: [id] });
  const begun = await startBulkChange(otto, input);
  return 'id' in begun ? begun.id : '';
};

/**
 * Every function of `lib` by which an administrator changes something. `complete.test.ts` checks that none is
 * missing.
 */
export const changes: Record<string, Change> = {
  createKey: byOtto(() => () => createKey(otto, keyRequest('grace')), grace),
  switchKey: byOtto((at) => () => switchKey(otto, { id: at.key, active: false }), key),
  changeKey: byOtto((at) => () => changeKey(otto, { id: at.key, active: true, name: 'x' }), key),
  deleteKey: byOtto((at) => () => deleteKey(otto, at.key), key),
  regenerateKey: byOtto((at) => () => regenerateKey(otto, { id: at.key, version: 1 }), key),
  stopOldSecret: byOtto(async ({ key: id }) => {
    await regenerateKey(otto, { id, version: 1, stops: '1h' });
    return () => stopOldSecret(otto, { id, version: 1 });
  }, key),
  endHandOver: byOtto(async ({ key: id }) => {
    await regenerateKey(otto, { id, version: 1, handOver: { term: '1h', withCode: false } });
    return () => endHandOver(otto, id);
  }, key),
  restoreKey: byOtto(async (at) => {
    await deleteKey(otto, at.key);
    return () => restoreKey(otto, at.key);
  }, key),
  transferKey: byOtto((at) => () => transferKey(otto, { id: at.key, to: 'ada' }), key),
  revealKey: byAda((at) => {
    const request = { id: at.key, reason: 'lost', requestId: randomUUID() };
    return () => revealKey(ada, request);
  }, key),
  reportLeaksAs: byOtto(async () => {
    const { secret } = await makeKey(otto, 'grace');
    return () => reportLeaksAs(otto, [{ secret }], { source: 'scan', url: null });
  }, key),
  setKeyPolicy: byAda(async () => {
    await setKeyPolicy(ada, keyPolicyInput.parse({}));
    return () => setKeyPolicy(ada, keyPolicyInput.parse({ mostKeysPerUser: '7' }));
  }, policy),
  setOwnKeyRule: byAda(async () => {
    await setOwnKeyRule(ada, { ownKeys: 'switch-off' });
    return () => setOwnKeyRule(ada, { ownKeys: 'off' });
  }, policy),
  turnOnIdleRule: byAda(async () => {
    await setKeyPolicy(ada, keyPolicyInput.parse({}));
    return () => turnOnIdleRule(ada, { idleDays: 90 });
  }, policy),
  turnOffIdleRule: byAda(async () => {
    await turnOnIdleRule(ada, { idleDays: 90 });
    return () => turnOffIdleRule(ada);
  }, policy),
  allowIdleRun: byAda(async () => {
    await heldRun();
    const held = await findHeldRun(ada);
    return () => allowIdleRun(ada, { id: held?.id ?? '', keys: held?.due ?? 0 });
  }, policy),
  shortenLifetimes: byAda(async () => {
    await setKeyPolicy(ada, keyPolicyInput.parse({ longestLifetime: '90' }));
    return () => shortenLifetimes(ada, { until: dayIn(40), days: 90, keys: 10 });
  }, policy),
  startBulkChange: byOtto((at) => () => bulk(at.key)),
  stepBulkChange: byOtto(async (at) => {
    const id = await bulk(at.key);
    return () => stepBulkChange(otto, id);
  }, key),
  stageKeys: byOtto(() => () => stage(otto, csv(foreign()))),
  importKeys: byOtto(async () => {
    const id = await staged(otto, csv(foreign()));
    return () => importKeys(otto, id);
  }, grace),
  createUserWithKey: byOtto(() => () => createUserWithKey(otto, keyRequest('linus'))),
  createUser: byOtto(() => {
    const user = { id: randomUUID(), username: 'linus', ...facts };
    return () => createUser(otto, user);
  }),
  changeUser: byOtto((at) => {
    const wanted = { id: at.grace, username: 'gracie', ...facts };
    return () => changeUser(otto, wanted);
  }, grace),
  deleteUser: byOtto((at) => () => deleteUser(otto, { id: at.grace, keys: 1 }), key),
  disableUser: byOtto(
    (at) => () => disableUser(otto, { id: at.grace, keys: 1, keyAction: 'keep', to: '' }),
    key,
  ),
  stageImport: byOtto(() => () => stageImport(otto, lines)),
  importUsers: byOtto(async () => {
    const id = await stageImport(otto, lines);
    return () => importUsers(otto, id);
  }),
  addAdministrator: byAda(
    () => () => addAdministrator(ada, { username: 'grace', role: 'viewer' }),
    grace,
  ),
  changeRole: byAda(() => () => changeRole(ada, { id: otto.id, role: 'viewer' })),
  setAdministratorActive: byAda(
    () => () => setAdministratorActive(ada, { id: otto.id, active: false }),
  ),
  handOutPassword: byAda(
    () => () => handOutPassword(ada, { id: otto.id, removeSecondFactor: false }),
  ),
  addWebhook: byAda(() => {
    const added = { id: randomUUID(), url: 'http://127.0.0.1:9/new' };
    return () => addWebhook(ada, added);
  }),
  chooseTypes: byAda((at) => () => chooseTypes(ada, { id: at.webhook, types: ['*'] }), webhook),
  renewWebhookSecret: byAda((at) => () => renewWebhookSecret(ada, { id: at.webhook }), webhook),
  deleteWebhook: byAda((at) => () => deleteWebhook(ada, { id: at.webhook }), webhook),
  switchWebhook: byAda(
    (at) => () => switchWebhook(ada, { id: at.webhook, active: false }),
    webhook,
  ),
  testWebhook: byAda((at) => () => testWebhook(ada, { id: at.webhook }), webhook),
  setRecipients: byAda(
    () => () => setRecipients(ada, { recipients: ['new@example.org'] }),
    'select from notice_recipients for update',
  ),
  testMail: byAda(() => () => testMail(ada)),
  exportEvents: byAda(() => () => exportEvents(ada, auditListParams.parse({}))),
};

/** Changes of one's own settings. They need no role, but a user who may sign in. */
export const ownChanges: Record<string, Change> = {
  changeOwnPassword: byOtto(() => () => {
    return changeOwnPassword(otto, { current: password, next: 'quite another long password' });
  }),
  beginSetUp: byOtto(() => () => beginSetUp(otto)),
  confirmSetUp: byOtto(async () => {
    await beginSetUp(otto);
    const secret = (await findSetUp(otto)) ?? Buffer.alloc(0);
    return async () => confirmSetUp(otto, await codeNow(0, secret));
  }, factor),
  makeRecoveryCodes: byAda(() => () => makeRecoveryCodes(ada), factor),
  removeOwnSecondFactor: byAda(() => () => removeOwnSecondFactor(ada, password)),
};
