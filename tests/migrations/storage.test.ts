import { pagePool } from '@/db/client';
import { useTestDatabase } from '../helpers/database';

useTestDatabase();
const sql = (text: string) => pagePool().query(text);

it('tables that are updated all day are vacuumed early, and have room for updates in place', async () => {
  const { rows } = await sql(`
    select relname, array_to_string(reloptions, ' ') as set from pg_class
    where reloptions::text like '%autovacuum%' and relkind = 'r' order by 1`);
  const early = 'autovacuum_vacuum_scale_factor=0.02';
  const roomy = `fillfactor=80 ${early}`;
  expect(rows).toEqual([
    // Their changed columns are in indexes, so room would not help.
    { relname: 'key_last_use', set: early },
    { relname: 'key_rate', set: roomy },
    { relname: 'key_source', set: roomy },
    { relname: 'key_usage', set: early },
    { relname: 'session', set: roomy },
    { relname: 'usage_total', set: roomy },
  ]);
});

it('a full table is updated in place', async () => {
  await sql(`insert into key_rate (key_id, window_start, spent)
    select gen_random_uuid(), now(), 1 from generate_series(1, 5000)`);
  const client = await pagePool().connect();
  await client.query(`begin; update key_rate set spent = spent + 1
    where key_id in (select key_id from key_rate order by key_id limit 500)`);
  const { rows } = await client.query(`
    select pg_stat_get_xact_tuples_updated('key_rate'::regclass)::int as updated,
      pg_stat_get_xact_tuples_hot_updated('key_rate'::regclass)::int as hot`);
  client.release(true);
  expect(rows).toEqual([{ updated: 500, hot: 500 }]);
});
