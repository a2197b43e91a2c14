import { cpus, loadavg } from 'node:os';
import { Client } from 'pg';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { openCluster } from '../faults/helpers/cluster';
import { numberOption, option } from './desk-options';
import { type DjangoDesk, djangoVersion, openDjango } from './django-desk';
import { djangoPath, idsOfDjango, idsOfKeydesk, sameRows } from './django-questions';
import type { Question } from './list-questions';
import { median } from './median';
import { type Desk, openDesk } from './open-desk';

const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
/** What an answer of Django's may take before it counts as none. */
const patience = Number(process.env.BENCH_PATIENCE_SECONDS ?? 30) * 1_000;

type Row = { name: string; ours: number[]; theirs: number[] };

/**
 * `npm run bench -- django --keys N`: the questions of `lists` to Keydesk and to Django's admin in turns,
 * over one PostgreSQL, one client, one request after another. Django, its driver and gunicorn are Debian's.
 */
export async function benchDjango(): Promise<void> {
  djangoVersion();
  const keys = numberOption('--keys', 10_000);
  const server = option('--database') ?? process.env.BENCH_DATABASE_URL;
  const cluster = server ? null : await openCluster({ shared_buffers: sharedBuffers() });
  const admin = server ?? cluster?.url ?? '';
  let desk: Desk | undefined;
  let django: DjangoDesk | undefined;
  try {
    desk = await openDesk(admin, keys);
    django = await openDjango(admin, desk.url, keys);
    const live = await liveKeys(desk.url);
    const rows: Row[] = [];
    for (const question of desk.questions) {
      const row = await timeBoth(desk, django, question, live);
      if (row) rows.push(row);
    }
    report(keys, django.version, rows);
  } finally {
    desk?.product.kill();
    django?.server.kill();
    await cluster?.remove();
  }
}

/** In turns, after a round that warms up both and whose answers are compared. */
async function timeBoth(desk: Desk, django: DjangoDesk, question: Question, live: number) {
  const row: Row = { name: question.name, ours: [], theirs: [] };
  const path = djangoPath(question, live);
  for (let round = -1; round < rounds; round++) {
    const one = await timed(() => desk.ask(question.path));
    // What took too long once is not asked again: it would only keep the machine busy.
    const other = row.theirs.includes(Number.POSITIVE_INFINITY)
      ? { taken: Number.POSITIVE_INFINITY, text: null }
      : await askDjango(django, path);
    if (other.text !== null) sameRows(question, idsOfKeydesk(one.text), idsOfDjango(other.text));
    if (round < 0 && other.text !== null) continue;
    row.ours.push(one.taken);
    row.theirs.push(other.taken);
  }
  return row;
}

async function askDjango({ origin, cookie, calm }: DjangoDesk, path: string) {
  const given = AbortSignal.timeout(patience);
  try {
    return await timed(async () => {
      const answer = await fetch(`${origin}${path}`, {
        headers: { cookie },
        redirect: 'error',
        signal: given,
      });
      const text = await answer.text();
      if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
      return text;
    });
  } catch (error) {
    if (!given.aborted) throw error;
    await calm();
    // One worker: it serves again once it is through with what it was asked.
    await fetch(`${origin}/admin/login/`);
    return { taken: Number.POSITIVE_INFINITY, text: null };
  }
}

async function timed(ask: () => Promise<string>): Promise<{ taken: number; text: string }> {
  const began = performance.now();
  const text = await ask();
  return { taken: performance.now() - began, text };
}

async function liveKeys(url: string): Promise<number> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ live: number }>(
    `select sum(live)::int as live from row_tally where relation = 'api_key'`,
  );
  await client.end();
  return rows[0]?.live ?? 0;
}

function report(keys: number, version: string, rows: Row[]) {
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(
    `${keys.toLocaleString('en')} keys, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, ${version}, load average ${load.join(', ')}, ${rounds} rounds\n`,
  );
  console.log('| query | Keydesk: median ms | Django’s admin: median ms | times as fast |');
  console.log('|---|---|---|---|');
  const factors = rows.map(({ name, ours, theirs }) => {
    const [mine, other] = [median(ours), median(theirs)];
    const late = !Number.isFinite(other);
    const factor = (late ? patience : other) / mine;
    const cell = late ? `no answer in ${patience / 1_000} s` : other.toFixed(1);
    console.log(
      `| ${name} | ${mine.toFixed(1)} | ${cell} | ${late ? 'over ' : ''}${factor.toFixed(1)} |`,
    );
    return { name, factor };
  });
  factors.sort((one, other) => one.factor - other.factor);
  const [worst] = factors;
  const met = (least: number) => factors.filter(({ factor }) => factor >= least).length;
  console.log(
    `\nWorst: ${worst?.factor.toFixed(1)} (${worst?.name}); median ${median(factors.map(({ factor }) => factor)).toFixed(1)}; 8 and more in ${met(8)}, 20 and more in ${met(20)} of ${factors.length}.`,
  );
}
