import { database, pagePool } from '@/db/client';
import { eventMessage } from '@/lib/audit/event-message';
import { readEventsAfter } from '@/lib/audit/list-events-after';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { blocksOf } from './helpers/run-block';

// Compares the messages of the manual with real ones: the same fields, of the same kinds.
useTestDatabase();
beforeEach(async () => {
  useSettings({ SMTP_URL: '', SMTP_FROM: '' });
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const sql = (text: string) => pagePool().query(text);

/** The fields of a value, with the kind of each in place of what it holds. */
function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (typeof value !== 'object' || value === null) return typeof value;
  return Object.fromEntries(Object.entries(value).map(([name, held]) => [name, shapeOf(held)]));
}

const example = (page: string) => JSON.parse(blocksOf(page, 'json')[0] ?? '');

it('docs/events.md shows an event as it is sent', async () => {
  const { id } = await makeKey(ada, 'grace');
  await regenerateKey(otto, { id, version: 1 });
  const [event] = (await readEventsAfter(database(), 0, 100)).slice(-1);
  if (!event) throw new Error('There is no event.');
  const sent = eventMessage(event);
  const shown = example('docs/events.md');
  expect([shown.type, shapeOf(shown)]).toEqual([sent.type, shapeOf(sent)]);
});

it('docs/notices.md shows a notice as it is sent', async () => {
  await sql(`insert into webhook (id, url, active, sealed_secret)
    values (gen_random_uuid(), 'https://hooks.example.org/', true, decode(repeat('00', 60), 'hex'))`);
  await makeKey(ada, 'grace', { name: 'reports' });
  await sql(`update api_key set expires_at = now() + interval '7 days'`);
  await database().transaction((tx) => tellOfExpiring(tx));
  const { rows } = await sql('select body from notice_message');
  const sent = JSON.parse(rows[0].body);
  const shown = example('docs/notices.md');
  expect([shown.type, shapeOf(shown)]).toEqual([sent.type, shapeOf(sent)]);
});
