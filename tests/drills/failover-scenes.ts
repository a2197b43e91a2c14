import { Client } from 'pg';
import type { Cluster } from '../faults/helpers/cluster';
import { timeUntil } from '../faults/helpers/load';
import { type PlainBrowser, plainBrowser } from '../helpers/plain-browser';
import { callVerification } from './callers';
import { postSwitch } from './changes';
import { administrator } from './desk';
import type { Fleet } from './fleet';
import { seconds } from './seconds';
import { tell, underWork, type Work } from './work';

export type Scene = Work & { primary: Cluster; standby: Cluster };

export async function signIn(fleet: Fleet): Promise<PlainBrowser[]> {
  const browsers = fleet.desks.map(({ origin }) => plainBrowser(origin));
  for (const browser of browsers)
    await browser.signIn(administrator.username, administrator.password);
  return browsers;
}

export async function rollingRestart(scene: Scene) {
  const { report, fleet } = scene;
  report.say('\nEach desk replaced by another, one after the other');
  const end = underWork(scene, fleet.ready);
  await seconds(3);
  for (const desk of [...fleet.desks]) await fleet.replace(desk);
  await seconds(3);
  const calls = await end();
  report.figure('failed verifications', calls.refused, '', 0);
  report.figure('changes without an answer', calls.unanswered, '', 0);
}

export async function restartPrimary(scene: Scene) {
  const { report, fleet, primary } = scene;
  report.say('\nThe primary restarted, as by pg_ctl restart -m fast');
  const end = underWork(scene, fleet.all);
  await seconds(3);
  const begin = performance.now();
  await primary.stop('SIGINT');
  await primary.start();
  report.figure('server away', (performance.now() - begin) / 1_000, 's');
  await Promise.all(fleet.desks.map((desk) => desk.untilReady()));
  report.figure('all desks ready again', (performance.now() - begin) / 1_000, 's');
  await seconds(8);
  report.figure('longest gap', (await end()).longestGap, 'ms', 6_000);
}

export async function loseStandby(scene: Scene) {
  const { report, fleet, standby, service, expected, untouched, browsers } = scene;
  report.say('\nThe synchronous standby away');
  const stop = callVerification(fleet.all, service, expected);
  await standby.stop();
  const [first, second] = browsers;
  const key = untouched.shift();
  if (!first || !second || !key) throw new Error('There are not enough desks and keys.');
  const begin = performance.now();
  const changing = postSwitch(first, key);
  const visitor = plainBrowser(fleet.desks[1]?.origin ?? '');
  const signingIn = performance.now();
  await visitor.signIn(administrator.username, administrator.password);
  report.figure('a sign-in meanwhile', performance.now() - signingIn, 'ms', 4_000);
  const said = await changing;
  report.figure('answer to a change', (performance.now() - begin) / 1_000, 's', 10);
  report.figure('changes that were called done', said.includes('Not confirmed yet') ? 0 : 1, '', 0);
  expected.push({ secret: key.secret, code: 'INACTIVE' });
  await standby.start();
  await seconds(3);
  tell(report, await stop());
}

export async function losePrimary(scene: Scene) {
  const { report, fleet, primary, standby, browsers } = scene;
  report.say('\nThe primary lost (immediate), the standby promoted after 2 s');
  await untilSynchronous(primary);
  const end = underWork(scene, fleet.all);
  await seconds(5);
  const begin = performance.now();
  await primary.stop();
  await seconds(2);
  await run(standby, 'select pg_promote()');
  const promoted = performance.now();
  await Promise.all(fleet.desks.map((desk) => desk.untilReady()));
  report.figure('ready after the promotion', (performance.now() - promoted) / 1_000, 's', 2);
  report.figure('from the loss until ready', (performance.now() - begin) / 1_000, 's');
  await seconds(5);
  report.figure('longest gap', (await end()).longestGap, 'ms', 6_000);
  const pages = await Promise.all(browsers.map((browser) => browser.get('/keys')));
  const signedOut = pages.filter(({ status }) => status !== 200).length;
  report.figure('administrators who must sign in again', signedOut, '', 0);
}

const untilSynchronous = (primary: Cluster) =>
  timeUntil(async () => {
    const rows = await run(primary, `select from pg_stat_replication where sync_state = 'sync'`);
    return rows.length > 0;
  }, 30_000);

export async function run(server: Cluster, statement: string) {
  const client = new Client({ connectionString: server.url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}
