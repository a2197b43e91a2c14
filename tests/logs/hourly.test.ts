import { Client } from 'pg';
import { closeDatabase } from '@/db/client';
import { sweepNow } from '@/lib/keys/import/sweep-staged';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { hourly } from '@/lib/server/hourly';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  useSettings({ LOG_LEVEL: 'warn', DATABASE_URL: 'postgresql://ada:hunter2@127.0.0.1:1/keydesk' });
  delete (globalThis as { keydeskLog?: unknown }).keydeskLog;
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await closeDatabase();
});

const waits = { first: 1, again: 5, every: 3_600_000, tries: 3 };

test('what fails at a busy start is tried again, and not told', async () => {
  let tries = 0;
  hourly(
    'staged keys not swept',
    async () => {
      tries += 1;
      if (tries < 3) throw new Error('timeout expired');
    },
    waits,
  );
  await until(() => tries === 3);
  expect(lines).toEqual([]);
});

test('what fails each time is told once, with the reason', async () => {
  hourly('staged keys not swept', () => sweepNow(null), waits);
  await until(() => lines.length > 0);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      ...{ event: 'staged keys not swept', code: 'ECONNREFUSED' },
      reason: 'connect ECONNREFUSED 127.0.0.1:1',
    }),
  ]);
  expect(lines.join()).not.toContain('hunter2');
});

test('notices that are not delivered come with the reason', async () => {
  await deliverDue();
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({
    ...{ event: 'notices not delivered', reason: 'connect ECONNREFUSED 127.0.0.1:1' },
  });
});

test('a server too busy to let anybody in in time is the reason, too', async () => {
  jest.spyOn(Client.prototype, 'connect').mockImplementation(() => {
    throw new Error('timeout expired');
  });
  hourly('staged keys not swept', () => sweepNow(null), { ...waits, tries: 1 });
  await until(() => lines.length > 0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ reason: 'timeout expired' });
});
