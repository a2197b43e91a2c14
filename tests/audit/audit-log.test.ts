import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { database, pagePool } from '@/db/client';
import { beginAuditLog, writeAuditLog } from '@/lib/audit/audit-log';
import type { EventMessage } from '@/lib/audit/event-message';
import { recordEvents, systemActor } from '@/lib/audit/record-event';
import { bundled, nodeOptions } from '../helpers/bundled';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { testSettings, useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';

useTestDatabase();
beforeEach(async () => {
  useSettings({ AUDIT_LOG: 'stdout', LOG_LEVEL: 'silent' });
  await emptyDatabase();
});
afterEach(() => jest.restoreAllMocks());
afterAll(() => useSettings({ AUDIT_LOG: '' }));

let users = 0;
/** Records that these many users were added, as one change. */
const record = (count = 1) =>
  database().transaction((tx) => {
    const targets = Array.from({ length: count }, () => {
      users += 1;
      return { type: 'user', id: null, label: `Zoë ${users}` } as const;
    });
    return recordEvents(tx, systemActor, 'user.create', targets);
  });

type Answer = (error?: Error) => void;
/** What this process prints, and whether printing fails. */
function printed(fails: () => boolean = () => false): { lines: string[] } {
  const lines: string[] = [];
  jest.spyOn(process.stdout, 'write').mockImplementation(((text: string, answer?: Answer) => {
    if (!fails()) lines.push(...text.split('\n').filter(Boolean));
    answer?.(fails() ? new Error('EPIPE') : undefined);
    return true;
  }) as typeof process.stdout.write);
  return { lines };
}
const seqs = (lines: string[]) =>
  lines.map((line) => (JSON.parse(line) as { audit: EventMessage }).audit.data.seq);
const upTo = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

it('begins at the newest event, and writes each later one as a line of ASCII', async () => {
  const { lines } = printed();
  await record();
  await beginAuditLog();
  await writeAuditLog();
  expect(lines).toEqual([]);
  await record();
  await writeAuditLog();
  await writeAuditLog();
  expect(lines).toHaveLength(1);
  expect(lines[0]).not.toMatch(/[^ -~]/);
  expect(JSON.parse(lines[0] ?? '')).toEqual({
    audit: {
      type: 'user.create',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      data: {
        seq: 2,
        actor: { id: null, name: 'system', address: 'local' },
        target: { type: 'user', id: null, name: `Zoë ${users}` },
        ...{ outcome: 'done', details: {} },
      },
    },
  });
});

it('writes in order and each once, however many look at the same time', async () => {
  const { lines } = printed();
  await beginAuditLog();
  await record(250);
  await Promise.all(Array.from({ length: 6 }, () => writeAuditLog()));
  await writeAuditLog();
  expect(seqs(lines)).toEqual(upTo(1, 250));
});

it('writes again what could not be written', async () => {
  let broken = true;
  const { lines } = printed(() => broken);
  await beginAuditLog();
  await record(3);
  expect(await writeAuditLog()).toBe(false);
  broken = false;
  expect(await writeAuditLog()).toBe(true);
  expect(seqs(lines)).toEqual([1, 2, 3]);
});

it('writes nothing where the setting is not set', async () => {
  useSettings({ AUDIT_LOG: '' });
  const { lines } = printed();
  await beginAuditLog();
  await record();
  await writeAuditLog();
  expect(lines).toEqual([]);
  const { rows } = await pagePool().query('select * from audit_log_position');
  expect(rows).toEqual([]);
});

async function startInstance() {
  const file = await bundled('tests/audit/audit-log-process.ts');
  const child = spawn(process.execPath, [...nodeOptions, file], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'test', ...testSettings },
      ...{ DATABASE_URL: process.env.DATABASE_URL, AUDIT_LOG: 'stdout' },
    },
  });
  const written: number[] = [];
  let rest = '';
  child.stdout.on('data', (part) => {
    const parts = `${rest}${part}`.split('\n');
    rest = parts.pop() ?? '';
    written.push(...seqs(parts));
  });
  await once(child.stderr, 'data');
  async function stop() {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'close');
  }
  return { written, stop };
}

it('instances that are killed and started leave no gap, and a line comes within a second', async () => {
  const all: Awaited<ReturnType<typeof startInstance>>[] = [];
  const start = async () => void all.push(await startInstance());
  const isWritten = (seq: number) => all.some(({ written }) => written.includes(seq));
  let newest = 0;
  const note = async (count: number) => {
    await record(count);
    newest += count;
  };
  try {
    await start();
    await start();
    // The shortest of some waits, because a busy machine delays any of them.
    const waits: number[] = [];
    for (let look = 0; look < 5; look++) {
      await note(1);
      const committed = Date.now();
      await until(() => isWritten(newest));
      waits.push(Date.now() - committed);
    }
    expect(Math.min(...waits)).toBeLessThan(1_000);
    for (let round = 0; round < times(6, 2); round++) {
      await note(120);
      await all[round]?.stop();
      await note(120);
      await start();
      await until(() => isWritten(newest));
    }
  } finally {
    await Promise.all(all.map(({ stop }) => stop()));
  }
  const seen = new Set(all.flatMap(({ written }) => written));
  expect(upTo(1, newest).filter((seq) => !seen.has(seq))).toEqual([]);
  for (const { written } of all) {
    expect(written).toEqual([...written].sort((one, other) => one - other));
  }
}, 60_000);
