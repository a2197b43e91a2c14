import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { database, pagePool } from '@/db/client';
import { recordRefusal } from '@/lib/api/record-refusal';
import { archiveEvents } from '@/lib/audit/archive-events';
import { auditActionNames } from '@/lib/audit/audit-actions';
import { type EventMessage, eventMessage, metadataLeftOut } from '@/lib/audit/event-message';
import { readEventsAfter } from '@/lib/audit/list-events-after';
import { systemActor } from '@/lib/audit/record-event';
import { createAdministrator, resetPassword } from '@/lib/auth/administrator-accounts';
import { setAdministratorActive } from '@/lib/auth/change-administrator';
import { endAllSessions } from '@/lib/auth/end-all-sessions';
import { linkIdentity, unlinkIdentities } from '@/lib/auth/oidc/link-identity';
import { signInWithProvider } from '@/lib/auth/oidc/sign-in-with-provider';
import { endOwnSession, signOutEverywhere } from '@/lib/auth/own-session';
import { prove } from '@/lib/auth/reauthenticate';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { signOut } from '@/lib/auth/sign-out';
import { problem } from '@/lib/http/problem';
import { changeKey, switchKey } from '@/lib/keys/change-key';
import { exportKeys } from '@/lib/keys/export-keys';
import { expireHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { identifyKey } from '@/lib/keys/identify-key';
import { keyFilterParams } from '@/lib/keys/key-input';
import { setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { rewrapSecrets } from '@/lib/keys/secret/rewrap-secrets';
import { mintSecret } from '@/lib/keys/secret/secret';
import { addWebhook } from '@/lib/notices/change-webhook';
import { setRecipients } from '@/lib/notices/recipients';
import { switchWebhook } from '@/lib/notices/switch-webhook';
import { afterRestore } from '@/lib/restore/after-restore';
import { keepIdentity, recordPromotion } from '@/lib/restore/keep-identity';
import { doChores } from '@/lib/server/housekeeping';
import { settings } from '@/lib/settings/settings';
import { disableUser } from '@/lib/users/disable-user';
import { exportUsers } from '@/lib/users/export-users';
import { userFilterParams } from '@/lib/users/user-input';
import { collect, letExpire, waitingKey } from '../hand-over/helpers';
import { givePassword, giveSecondFactor, password } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { signInAs } from '../helpers/sign-in';
import { changes, ownChanges, type Scene } from '../rights/changes';
import { heldRun } from '../rules/helpers';

useTestDatabase();
const mail = { SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@example.org' };
beforeAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8', ...mail }));
afterAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '', SMTP_URL: '', SMTP_FROM: '' }));

const metadata = { plan: 'canary-metadata' };
const visit = { address: '192.0.2.7', userAgent: 'Jest' };
const signIn = (username: string, given = password) =>
  signInWithPassword({ username, password: given }, visit);
const drained = async (parts: AsyncIterable<unknown>) => {
  for await (const _ of parts);
};

/** The actions that no change of an administrator makes. They return what must not be in an event. */
const others: Record<string, (scene: Scene) => Promise<unknown>> = {
  'a sign-in': () => signIn('otto'),
  'a password typed as a username': () => signIn(password, 'canary-password'),
  'a sign-out': () => signOut(otto),
  'a session ended': async () => {
    await signInAs(otto);
    const { rows } = await pagePool().query('select handle from session where user_id = $1', [
      otto.id,
    ]);
    return endOwnSession(otto, rows[0].handle);
  },
  'all sessions ended': () => signOutEverywhere(otto),
  'all sessions of all': () => endAllSessions(systemActor),
  'a proof': () => prove(otto, { password }),
  'a wrong proof': () => prove(otto, { password: 'canary-password' }),
  'a command that resets': () =>
    resetPassword(systemActor, { username: 'otto', password: 'canary-password' }),
  'a command that creates': () =>
    createAdministrator(systemActor, {
      ...{ username: 'root', password: 'canary-password', role: 'admin' },
    }),
  'a link': () =>
    linkIdentity(systemActor, 'otto', { issuer: 'https://idp.example.org', subject: '7' }),
  'a link removed': async () => {
    await linkIdentity(systemActor, 'otto', { issuer: 'https://idp.example.org', subject: '9' });
    return unlinkIdentities(systemActor, 'otto');
  },
  'a person linked by their address': async ({ grace }) => {
    const verifiedEmail = 'grace@example.org';
    await pagePool().query('update directory_user set email = $2 where id = $1', [
      grace,
      verifiedEmail,
    ]);
    await setOwnKeyRule(ada, { ownKeys: 'switch-off' });
    const person = { issuer: 'https://idp.example.org', subject: '8', username: 'grace' };
    const found = { ...person, verifiedEmail, groups: [], authTime: null };
    return signInWithProvider({ person: found, visit, reauthentication: null });
  },
  'a refused request of a service': ({ key }) => {
    const service = { kind: 'service', id: key, ownerId: otto.id, username: 'otto kd_…' } as const;
    const caller = { ...service, address: '192.0.2.7', scopes: [], role: 'operator' } as const;
    const answer = problem(403, 'canary-free', {}, { requiredScope: 'keydesk:keys.read' });
    return recordRefusal(caller, 'GET /api/v1/keys', answer);
  },
  'an archive of the audit': async () => {
    const folder = mkdtempSync(join(tmpdir(), 'archive-'));
    const path = join(folder, 'audit.ndjson');
    return archiveEvents(systemActor, { before: new Date(), path, ownerUrl: undefined });
  },
  'a rewrap': () => rewrapSecrets(systemActor, [{ version: 2, key: Buffer.alloc(32, 7) }, kek()]),
  'an export of keys': () => drained(exportKeys(ada, keyFilterParams.parse({}))),
  'an export of users': () => drained(exportUsers(ada, userFilterParams.parse({}))),
  'an unknown secret': async () => {
    const secret = mintSecret('kd');
    await identifyKey(otto, secret);
    return { secret };
  },
  'a key switched on': async ({ key }) => {
    await switchKey(otto, { id: key, active: false });
    return switchKey(otto, { id: key, active: true });
  },
  'a key collected': async () => {
    const link = await waitingKey({ withCode: true });
    await collect(link, 'no code');
    return [link, await collect(link)];
  },
  'a link that nobody opened': async () => {
    const link = await waitingKey();
    await letExpire(link.id);
    await doChores({ expireHandOvers });
    return link;
  },
  'unused keys held': () => heldRun(),
  'a webhook switched on': async ({ webhook }) => {
    await switchWebhook(ada, { id: webhook, active: false });
    return switchWebhook(ada, { id: webhook, active: true });
  },
  'other metadata': ({ key }) =>
    changeKey(otto, { id: key, active: true, name: '', metadata: { plan: 'canary-metadata-2' } }),
  'an administrator enabled': async () => {
    await setAdministratorActive(ada, { id: otto.id, active: false });
    return setAdministratorActive(ada, { id: otto.id, active: true });
  },
  'a restored database put to use': () =>
    afterRestore({ revocations: null, accept: 'Nothing is missing.' }),
  'a standby promoted': async () => {
    await keepIdentity();
    await pagePool().query(`update database_identity set timeline = '00000000'`);
    return recordPromotion();
  },
  'keys transferred': async ({ grace }) => {
    await insertUser('linus');
    return disableUser(otto, { id: grace, keys: 1, keyAction: 'transfer', to: 'linus' });
  },
};

const kek = () => {
  const [first] = settings().KEY_ENCRYPTION_KEY ?? [];
  if (!first) throw new Error('The tests have no key-encryption key.');
  return first;
};

/** All texts in a result, and the bytes in it in three spellings. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (Buffer.isBuffer(value)) return spellings(value);
  return value && typeof value === 'object' ? Object.values(value).flatMap(textsIn) : [];
}
const spellings = (bytes: Buffer) =>
  (['hex', 'base64', 'base64url'] as const).map((name) => bytes.toString(name));

const isSecret = (text: string) =>
  /^(kd_|whsec_|[0-9a-z]{5}-[0-9a-z]{5}$|[\w-]{43}$|http.*#)/i.test(text) && !text.includes('…');

/** What the database holds of secrets, and what everybody in the test knows. */
async function secretsStored(): Promise<string[]> {
  const { rows } = await pagePool().query<{ bytes: Buffer }>(`
    select secret_mac as bytes from api_key union all select mac from former_secret
    union all select mac from audit_event union all select proof_hash from hand_over
    union all select code_mac from hand_over where code_mac is not null
    union all select sealed_secret from hand_over where state = 'open'
    union all select sealed_secret from webhook
    union all select sealed_secret from second_factor union all select id_hash from session`);
  const hashes = await pagePool().query<{ text: string }>(
    'select password_hash as text from directory_user where password_hash is not null',
  );
  return [...rows.flatMap(({ bytes }) => spellings(bytes)), ...hashes.rows.map(({ text }) => text)];
}

async function run(name: string): Promise<EventMessage[]> {
  await emptyDatabase();
  await insertPeople();
  for (const person of [ada, otto]) await givePassword(person);
  const codes = await giveSecondFactor(ada);
  const change = { ...changes, ...ownChanges }[name];
  const grace = await insertUser('grace');
  const { id: key, secret } = await makeKey(otto, 'grace', { revealable: true, metadata });
  const webhook = randomUUID();
  const added = await addWebhook(ada, { id: webhook, url: 'http://127.0.0.1:9/canary-path' });
  await setRecipients(ada, { recipients: ['someone@example.org'] });
  await signInAs(change?.by ?? otto);
  const scene = { key, grace, webhook };
  const result = await (change ? (await change.prepare(scene))() : others[name]?.(scene));
  const events = (await readEventsAfter(database(), 0, 1_000)).map(eventMessage);
  const forbidden = [
    ...[password, 'canary-password', 'canary-metadata', 'canary-path', secret, secret.slice(8, -6)],
    ...[...codes, ...textsIn([added, result]).filter(isSecret), ...(await secretsStored())],
  ];
  const sent = JSON.stringify(events);
  expect(forbidden.filter((text) => sent.includes(text))).toEqual([]);
  expect(sent).not.toMatch(/kd_[0-9A-Za-z]{40}/);
  return events;
}

it('no event of any action holds a secret, a MAC, a password or metadata', async () => {
  const seen = new Map<string, EventMessage>();
  for (const name of Object.keys({ ...changes, ...ownChanges, ...others })) {
    for (const event of await run(name)) seen.set(event.type, event);
  }
  // A new action belongs into tests/rights/changes.ts or into `others`.
  expect(auditActionNames.filter((action) => !seen.has(action))).toEqual([]);
  // The controls: there was metadata, and details are sent.
  expect(seen.get('key.update')?.data.details.metadata).toBe(metadataLeftOut);
  expect(seen.get('key.create')?.data.details).toMatchObject({ metadata: metadataLeftOut });
  expect(seen.get('administrator.change-role')?.data.details).toMatchObject({ role: {} });
}, 120_000);
