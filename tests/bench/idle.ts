import { cpus, loadavg } from 'node:os';
import { Client } from 'pg';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';
import type { ApiLoad, ApiLoadResult } from './api-load';
import { startCallers } from './callers';
import { fill } from './fill';
import { median } from './median';
import { startProduct } from './product';

const keys = Number(process.env.BENCH_KEYS ?? 100_000);
const seconds = Number(process.env.BENCH_SECONDS ?? 8);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
/** Verifications a second: far from the most, because a queue at its limit shows nothing but its length. */
const rate = 500;

/**
 * `npm run bench -- idle`: verification while the rule switches off 100,000 unused keys, against the time in
 * which it is held, in the same run. PostgreSQL writes through to the disk, because each step is a commit.
 */
export async function benchIdle(folder: string): Promise<void> {
  const cluster = await openCluster({ shared_buffers: sharedBuffers(), fsync: 'on' });
  const filled = await fill(cluster.url, 10_000, folder);
  const client = new Client({ connectionString: filled.url });
  await client.connect();
  await plant(client);
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(filled.url, page, port);
  const callers = await startCallers();
  const verifying: ApiLoad = {
    ...{ kind: 'verify', port, service: filled.service, seconds, rate, secrets: filled.secrets },
  };
  const verify = () => callers.run(verifying);
  try {
    await measure(client, verify);
  } finally {
    callers.stop();
    product.kill();
    await client.end();
    await cluster.remove();
  }
}

/** Keys that are due today, under a rule that an administrator has let go on. */
async function plant(client: Client): Promise<void> {
  await client.query(
    `insert into api_key (id, owner_id, created_at, secret_created_at, secret_mac, secret_pepper,
       secret_prefix, secret_first, secret_last, request_id)
     select gen_random_uuid(), u.id, now() - interval '200 days', now() - interval '200 days',
       sha256(('idle' || n)::bytea), 1, 'kd', 'aaaa', 'zzzz', gen_random_uuid()
     from generate_series(1, $1::int) n
       join (select id, row_number() over () as number from directory_user) u
         on u.number = 1 + n % 1000`,
    [keys],
  );
  await client.query(`insert into key_policy (idle_days, idle_since)
    values (90, now() - interval '200 days')
    on conflict (id) do update set idle_days = 90, idle_since = now() - interval '200 days'`);
  await client.query(
    `insert into idle_run (id, day, due, active, allowed, held, approved)
     values (gen_random_uuid(), ((now() - interval '1 hour') at time zone 'UTC')::date, $1, $1, $1, false, true)`,
    [keys],
  );
  await client.query('vacuum analyze');
}

type Pair = { beside: ApiLoadResult; alone: ApiLoadResult; off: number };

async function measure(client: Client, verify: () => Promise<ApiLoadResult>): Promise<void> {
  const switchedOff = async (): Promise<number> =>
    (await client.query('select switched_off from idle_run')).rows[0].switched_off;
  const hold = (held: boolean) => client.query('update idle_run set held = $1', [held]);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load average ${loadavg().map((one) => one.toFixed(1))}\n`,
  );
  await verify();
  const pairs: Pair[] = [];
  for (let round = 0; round < rounds; round++) {
    await hold(true);
    await untilPause(switchedOff);
    const alone = await verify();
    await hold(false);
    const before = await switchedOff();
    // The rule looks every minute whether it may go on.
    await until(async () => (await switchedOff()) > before);
    const from = await switchedOff();
    const beside = await verify();
    pairs.push({ beside, alone, off: (await switchedOff()) - from });
  }
  report(pairs);
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50);
}

async function untilPause(count: () => Promise<number>): Promise<void> {
  for (let before = -1, now = await count(); now !== before; now = await count()) {
    before = now;
    await pause(2_000);
  }
}

function report(pairs: Pair[]): void {
  console.log(
    '| round | keys/s | verification p50, p99 ms | while it rests | ratio of p99 | lost |',
  );
  console.log('|---|---|---|---|---|---|');
  for (const [number, { beside, alone, off }] of pairs.entries()) {
    const cells = [
      ...[number + 1, Math.round(off / seconds)],
      ...[beside, alone].map(({ p50, p99 }) => `${p50.toFixed(1)}, ${p99.toFixed(1)}`),
      ...[(beside.p99 / alone.p99).toFixed(2), beside.bad + alone.bad],
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const ratios = pairs.map(({ beside, alone }) => beside.p99 / alone.p99);
  console.log(
    `\nmedian ratio of p99 ${median(ratios).toFixed(2)}; of ${keys.toLocaleString('en')} unused keys, ${rate} verifications/s\n`,
  );
}
