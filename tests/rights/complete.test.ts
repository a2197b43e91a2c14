import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changes, ownChanges } from './changes';

/** Files that write without checking the administrator's right again, and why. */
const nobodyActs: Record<string, string> = {
  'api/idempotency.ts': 'remembers a request in the transaction of its change',
  'api/forget-requests.ts': 'scheduled work',
  'api/record-refusal.ts': 'writes down a refusal',
  'audit/record-event.ts': 'writes what its callers did',
  'audit/archive-events.ts': 'the command line',
  'audit/audit-log.ts': 'writes down how far it came',
  'auth/administrator-accounts.ts': 'the command line',
  'auth/end-all-sessions.ts': 'the command line',
  'auth/first-administrator.ts': 'the start',
  'auth/known-source.ts': 'part of a sign-in',
  'auth/oidc/known-person.ts': 'part of a sign-in',
  'auth/oidc/link-identity.ts': 'the command line',
  'auth/oidc/complete-sign-in.ts': 'part of a sign-in',
  'auth/oidc/own-keys-sign-in.ts': 'part of a sign-in',
  'auth/oidc/role-of-groups.ts': 'part of a sign-in',
  'auth/oidc/sign-in-with-provider.ts': 'a sign-in',
  'auth/own-session.ts':
    'ends sessions of one’s own, which takes rights away; renews one in a change',
  'auth/pending-sign-in.ts': 'part of a sign-in',
  'auth/reauthentication-limit.ts': 'counts tries, and ends a session, which takes rights away',
  'auth/reauthenticate.ts': 'counts and writes down a try; the session of who was disabled is gone',
  'auth/second-factor/check-code.ts': 'part of a sign-in or a change',
  'auth/second-factor/recovery-codes.ts': 'part of a change',
  'sessions/second-factor-of.ts': 'part of a change',
  'sessions/own-keys-session.ts': 'part of a change',
  'sessions/session.ts': 'part of a sign-in or a change',
  'auth/sign-in-subjects.ts': 'updates a digest and no row',
  'auth/sign-in-throttle.ts': 'counts tries',
  'auth/sign-in-with-code.ts': 'a sign-in',
  'auth/sign-in.ts': 'a sign-in',
  'auth/sign-out.ts': 'ends a session of one’s own, which takes rights away',
  'access/change-as.ts': 'asks',
  'keys/delete-keys-of.ts': 'part of a change',
  'leaks/end-leaked.ts': 'part of a report of leaked secrets',
  'leaks/report-leak.ts': 'whoever presents a secret may end it',
  'users/export-users.ts': 'writes down what somebody has read',
  'keys/export-keys.ts': 'writes down what somebody has read',
  'keys/hand-over/begin-hand-over.ts': 'part of a change',
  'keys/hand-over/collect-key.ts': 'whoever has the link collects the key',
  'keys/hand-over/end-hand-overs-of.ts': 'part of a change',
  'keys/hand-over/expire-hand-overs.ts': 'scheduled work',
  'keys/hand-over/record-refusal.ts': 'writes down a refusal',
  'keys/hand-over/stop-collected.ts': 'whoever has the link may end the key',
  'keys/hand-over/with-hand-over.ts': 'the transaction of whoever has the link',
  'keys/identify-key.ts': 'writes down a miss',
  'keys/identify-lines.ts': 'writes down misses',
  'keys/import/insert-staged.ts': 'part of an import',
  'keys/import/judge-staged.ts': 'part of an import',
  'keys/import/sweep-staged.ts': 'housekeeping',
  'keys/new-key.ts': 'part of a change',
  'keys/new-secret.ts': 'part of a change',
  'keys/set-active.ts': 'part of a change',
  'keys/own/change-own-key.ts': 'asks whose key it is, and the policy; see tests/my-keys',
  'keys/policy/key-fields.ts': 'part of a change',
  'keys/secret/rewrap-secrets.ts': 'the command line',
  'keys/secret/sealed-secrets.ts': 'part of a change',
  'keys/suggest-scopes.ts': 'sums up a tally while it reads',
  'keys/transfer-keys.ts': 'part of a change',
  'http/restored-page.ts': 'updates a digest and no row',
  'restore/after-restore.ts': 'the command line',
  'restore/end-keys.ts': 'the command line',
  'restore/keep-identity.ts': 'the start',
  'restore/limit-users.ts': 'the command line',
  'rules/step-idle-run.ts': 'scheduled work',
  'rules/step-lifetime-run.ts': 'scheduled work',
  'rules/tell-owners-of-idle.ts': 'scheduled work',
  'users/refold-usernames.ts': 'the start',
  'users/responsible.ts': 'part of a change',
  'server/housekeeping.ts': 'scheduled work',
  'users/import/import-now.ts': 'the command line',
};
/** The parts of Keydesk in which no administrator acts. */
const elsewhere =
  /^(verify|notices\/(write-message|queue-|deliver|find-|forget-)|keys\/purge-keys)/;

/** Functions in the same files that take an administrator but only read. */
const readers = [
  'listRecipients',
  'findSetUp',
  'findImport',
  'findVerdicts',
  'findProgress',
  'checkOwnPassword',
];

const lib = join(process.cwd(), 'lib');
const files = readdirSync(lib, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => ({ file, text: readFileSync(join(lib, file), 'utf8') }));

const writes =
  /\btransaction\(|recordEvents?\(|\.(insert|update|delete)\([a-z]\w+\)|\b(insert into|delete from|update) \$?[{a-z]/;
const asks = /\b(changeAs|changeUserAs|stillMay)\(/;
const takesAdministrator =
  /export (?:async )?function (\w+)\(\s*\w+: (?:Administrator|Actor|Importer),?[\s)]/g;

// A digest also has `update`, but no database.
const writing = files.filter(
  ({ file, text }) => writes.test(text) && text.includes("'@/db/") && !elsewhere.test(file),
);

describe('every file of lib that writes', () => {
  it.each(writing.map((one) => [one.file, one.text]))('asks, or says why not: %s', (file, text) => {
    expect(asks.test(text) || (nobodyActs[file] ?? 'asks nobody')).not.toBe('asks nobody');
  });

  it('is known: no reason is listed for a file that no longer exists or that checks', () => {
    const names = writing.map(({ file }) => file);
    expect(Object.keys(nobodyActs).filter((file) => !names.includes(file))).toEqual([]);
  });
});

it('every function by which an administrator changes something is tested', () => {
  const asking = files.filter(({ file, text }) => asks.test(text) && !(file in nobodyActs));
  const found = asking.flatMap(({ text }) =>
    [...text.matchAll(takesAdministrator)].map(([, name]) => name ?? ''),
  );
  const tried = [...Object.keys(changes), ...Object.keys(ownChanges)];
  expect(found.filter((name) => !readers.includes(name)).sort()).toEqual(tried.sort());
});
