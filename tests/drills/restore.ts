import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { serviceScopes } from '@/lib/keys/scope';
import { addServiceKey } from '../bench/fill';
import { plainBrowser } from '../helpers/plain-browser';
import { startDebianPostgres } from '../start/debian-postgres';
import { callVerification, type Known } from './callers';
import { byApi } from './changes';
import { administrator, type Desk, runAdmin, startDesk } from './desk';
import { type FilledKey, fillWithKeys, known } from './filled';
import { openReport } from './promises';
import { seconds } from './seconds';

const built = resolve('.next/standalone');
const count = Number(process.env.PROVE_KEYS ?? 10_000);

/**
 * A dump, two keys revoked, and the dump restored in place of the database, as the manual says. Nothing answers until
 * the revocations are repeated, and then they hold.
 */
export async function proveRestore(): Promise<void> {
  const report = openReport(`Restore, with ${count} keys`);
  const server = await startDebianPostgres();
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-restore-drill-'));
  const url = `postgresql://postgres:root@127.0.0.1:${server.port}/keydesk`;
  const program = (name: string, ...args: string[]) =>
    execFileSync(join(server.programs, name), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  let desk: Desk | undefined;
  try {
    await server.sql(`create database keydesk encoding 'UTF8' template template0`);
    desk = await startDesk(built, url);
    await desk.untilReady();
    const keys = await fillWithKeys(url, count);
    const service = await addServiceKey(url, [...serviceScopes]);
    const browser = plainBrowser(desk.origin);
    await browser.signIn(administrator.username, administrator.password);

    const dump = join(folder, 'keydesk.dump');
    program('pg_dump', `--dbname=${url}`, '--format=custom', `--file=${dump}`);
    const dumped = new Date().toISOString();
    const expected = await revokeTwo(desk, service, keys);
    report.say('dumped, then one key switched off and one deleted');
    const list = join(folder, 'revocations.ndjson');
    writeFileSync(list, runAdmin(built, url, ['revocations', '--since', dumped], '\n'));
    await desk.stop();

    await server.sql(`create database keydesk_restored encoding 'UTF8' template template0`);
    const restored = url.replace(/keydesk$/, 'keydesk_restored');
    program('pg_restore', `--dbname=${restored}`, '--no-owner', '--exit-on-error', dump);
    await server.sql('alter database keydesk rename to keydesk_before');
    await server.sql('alter database keydesk_restored rename to keydesk');

    desk = await startDesk(built, url);
    const { verifyOrigin, origin } = desk;
    const ready = async () => (await fetch(`${verifyOrigin}/readyz`)).text();
    await desk.untilReady(async () => (await ready().catch(() => '')).includes('restored'));
    const stop = callVerification(() => [verifyOrigin], service, expected);
    await seconds(3);
    report.figure('status of the page of sign-in', (await fetch(`${origin}/login`)).status, '');
    const before = await stop();
    report.figure('calls of services', before.refused, 'answered 503');
    report.figure('verdicts before after-restore', before.good + before.wrong.length, '', 0);

    const begin = performance.now();
    report.say(runAdmin(built, url, ['after-restore', '--revocations', list]));
    await desk.untilReady();
    report.figure('after-restore until ready', (performance.now() - begin) / 1_000, 's');
    const stopAgain = callVerification(() => [verifyOrigin], service, expected);
    await seconds(5);
    const after = await stopAgain();
    report.figure('verifications', after.good, `right, ${after.refused} without a verdict`);
    report.figure('wrong, also of the two revoked keys', after.wrong.length, '', 0);
    for (const one of after.wrong.slice(0, 5)) report.say(one);
    report.say(runAdmin(built, url, ['audit', 'verify']));
    report.end();
  } finally {
    await desk?.stop('SIGKILL');
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

/** @returns what verification must say of the keys from then on, of the two as often as of the others together */
async function revokeTwo(desk: Desk, service: string, keys: FilledKey[]): Promise<Known[]> {
  const [off, gone, ...others] = keys.slice(1, 100);
  if (!off || !gone) throw new Error('There are not enough keys.');
  if (!(await byApi(() => desk.origin, service)(off))) throw new Error('It was not switched off.');
  const key = `${desk.origin}/api/v1/keys/${gone.id}`;
  const headers = { authorization: `Bearer ${service}` };
  const etag = (await fetch(key, { headers })).headers.get('etag') ?? '';
  const answer = await fetch(key, { method: 'DELETE', headers: { ...headers, 'if-match': etag } });
  if (answer.status !== 204) throw new Error(`It was not deleted: ${answer.status}`);
  const revoked = [
    { secret: off.secret, code: 'INACTIVE' },
    { secret: gone.secret, code: 'NOT_FOUND' },
  ];
  return known(others).flatMap((one, at) => [one, revoked[at % 2] ?? one]);
}
