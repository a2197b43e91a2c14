import { resolve } from 'node:path';
import { serviceScopes } from '@/lib/keys/scope';
import { addServiceKey } from '../bench/fill';
import { openCluster, openStandby } from '../faults/helpers/cluster';
import { runAdmin } from './desk';
import {
  losePrimary,
  loseStandby,
  restartPrimary,
  rollingRestart,
  run,
  type Scene,
  signIn,
} from './failover-scenes';
import { fillWithKeys, known } from './filled';
import { openFleet } from './fleet';
import { openReport } from './promises';

const built = resolve('.next/standalone');
const count = Number(process.env.PROVE_KEYS ?? 10_000);

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
    const scene: Scene = {
      report,
      fleet,
      primary,
      standby,
      service,
      expected,
      untouched,
      browsers: [],
    };
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
