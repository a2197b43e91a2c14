import { resolve } from 'node:path';
import { Client } from 'pg';
import { serviceScopes } from '@/lib/keys/scope';
import { addServiceKey } from '../bench/fill';
import { type Cluster, openCluster, openStandby } from '../faults/helpers/cluster';
import { timeUntil } from '../faults/helpers/load';
import { type PlainBrowser, plainBrowser } from '../helpers/plain-browser';
import { type Calls, callVerification, type Known } from './callers';
import { byApi, byForm, type Changes, keepSwitching, postSwitch } from './changes';
import { administrator, runAdmin } from './desk';
import { type FilledKey, fillWithKeys, known } from './filled';
import { type Fleet, openFleet } from './fleet';
import { openReport, type Report } from './promises';

const built = resolve('.next/standalone');
const count = Number(process.env.PROVE_KEYS ?? 10_000);

type Scene = {
  report: Report;
  fleet: Fleet;
  primary: Cluster;
  standby: Cluster;
  service: string;
  /** What verification must answer by now. */
  expected: Known[];
  /** Keys that nobody has changed yet. */
  untouched: FilledKey[];
  browsers: PlainBrowser[];
};

/**
 * Three desks on a primary and its synchronous standby, by their two addresses and nothing between. Desks and
 * servers are restarted and lost while services verify and administrators switch keys off.
 */
export async function proveFailover(): Promise<void> {
  const report = openReport(`Failover, with ${count} keys and 80 verifications/s`);
  const primary = await openCluster({ fsync: 'on' });
  const standby = await openStandby(primary, { fsync: 'on' });
  const url = `postgresql://keydesk@127.0.0.1:${primary.port},127.0.0.1:${standby.port}/postgres`;
  const fleet = openFleet(built, url);
  try {
    await fleet.add();
    const keys = await fillWithKeys(primary.url, count, 3_000);
    const service = await addServiceKey(primary.url, [...serviceScopes]);
    await fleet.add();
    await fleet.add();
    await run(primary, `alter system set synchronous_standby_names = '*'`);
    await run(primary, 'select pg_reload_conf()');
    const expected = known(keys.slice(0, 500));
    const untouched = keys.slice(500);
    const scene = { report, fleet, primary, standby, service, expected, untouched, browsers: [] };
    await rollingRestart(scene);
    const signedIn = { ...scene, browsers: await signIn(fleet) };
    await restartPrimary(signedIn);
    await loseStandby(signedIn);
    await losePrimary(signedIn);
    report.say(runAdmin(built, url, ['audit', 'verify']));
    report.end();
  } finally {
    await fleet.close();
    await standby.remove();
    await primary.remove();
  }
}

async function signIn(fleet: Fleet): Promise<PlainBrowser[]> {
  const browsers = fleet.desks.map(({ origin }) => plainBrowser(origin));
  for (const browser of browsers)
    await browser.signIn(administrator.username, administrator.password);
  return browsers;
}

async function rollingRestart(scene: Scene) {
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

async function restartPrimary(scene: Scene) {
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
  report.figure('longest gap', (await end()).longestGap, 'ms', 15_000);
}

async function loseStandby(scene: Scene) {
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

async function losePrimary(scene: Scene) {
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

/** Verifications and changes until the returned function is called, which then looks at every change. */
function underWork(scene: Scene, origins: () => string[]) {
  const { report, fleet, service, expected, untouched, browsers } = scene;
  const stop = callVerification(origins, service, expected);
  const work: Changes[] = [
    keepSwitching(untouched, expected, byApi(fleet.pages, service)),
    ...browsers.map((browser) => keepSwitching(untouched, expected, byForm(browser))),
  ];
  return async () => {
    await Promise.all(work.map((changes) => changes.stop()));
    const calls = await stop();
    tell(report, calls);
    const acknowledged = work.flatMap((changes) => changes.acknowledged);
    const unanswered = work.reduce((sum, { unknown }) => sum + unknown, 0);
    report.figure('changes acknowledged', acknowledged.length, `(${unanswered} without an answer)`);
    report.figure('of them lost', await countLost(fleet, service, acknowledged), '', 0);
    return { ...calls, unanswered };
  };
}

function tell(report: Report, { good, refused, wrong }: Calls) {
  report.figure('verifications', good, `right, ${refused} without a verdict`);
  report.figure('wrong', wrong.length, '', 0);
  for (const one of wrong.slice(0, 5)) report.say(one);
}

/** Asks about each key once more. */
async function countLost(fleet: Fleet, service: string, keys: Known[]): Promise<number> {
  if (keys.length === 0) return 0;
  let lost = 0;
  for (const { secret, code } of keys) {
    const answer = await fetch(`${fleet.ready()[0] ?? fleet.all()[0]}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}`, 'content-type': 'application/json' },
      body: JSON.stringify({ key: secret }),
    });
    if (!(await answer.text()).includes(`"code":"${code}"`)) lost += 1;
  }
  return lost;
}

const untilSynchronous = (primary: Cluster) =>
  timeUntil(async () => {
    const rows = await run(primary, `select from pg_stat_replication where sync_state = 'sync'`);
    return rows.length > 0;
  }, 30_000);

async function run(server: Cluster, statement: string) {
  const client = new Client({ connectionString: server.url });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows;
}

const seconds = (time: number) => new Promise((resolve) => setTimeout(resolve, time * 1_000));
