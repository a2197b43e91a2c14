import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

/**
 * Django's tables with the rows of Keydesk's: same ids, same owners, same dates; without the deleted ones,
 * which Django has no list of. In one transaction, so a run that was stopped leaves nothing behind.
 */
export async function fillDjango(desk: string, django: string): Promise<void> {
  const [source, target] = [desk, django].map((url) => new Client({ connectionString: url }));
  if (!source || !target) return;
  await Promise.all([source.connect(), target.connect()]);
  try {
    const { rows } = await target.query('select exists (select from desk_apikey) as filled');
    if (rows[0]?.filled) return;
    await target.query(`set synchronous_commit = off; set maintenance_work_mem = '512MB'; begin`);
    await target.query(takeOff);
    for (const { table, columns, rows } of copies) {
      console.error(`Copying ${table} …`);
      await pipeline(
        source.query(copyTo(`copy (${rows}) to stdout`)),
        target.query(copyFrom(`copy ${table} (${columns}) from stdin`)),
      );
    }
    console.error('Making indexes …');
    await target.query(putBack);
    await target.query('commit');
    await target.query('vacuum analyze');
  } finally {
    await Promise.all([source.end(), target.end()]);
  }
}

const owner = 'id, username, display_name, email, active, created_at';
const key = `id, owner_id, name, active, secret_mac, secret_prefix, secret_first, secret_last, created_at,
  last_used_at, expires_at`;

const copies = [
  {
    table: 'desk_owner',
    columns: owner,
    rows: `select ${owner} from directory_user where deleted_at is null`,
  },
  {
    table: 'desk_apikey',
    columns: key,
    // As they were made: the newest are together on disk, as they are in Keydesk's own table.
    rows: `select ${key} from api_key join (
        select key_id, nullif(used_at, '-infinity') as last_used_at from key_last_use
      ) use on use.key_id = id where deleted_at is null`,
  },
];

/** Rows come several times as fast without indexes, and indexes are smaller when they are made after. */
const takeOff = `
  create temp table taken_off on commit drop as
    select conrelid::regclass::text as table_name, conname as name, contype,
      format('alter table %s add constraint %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) as definition
    from pg_constraint
    where conrelid in ('desk_owner'::regclass, 'desk_apikey'::regclass) and contype in ('u', 'f')
    union all
    select null, indexrelid::regclass::text, null, pg_get_indexdef(indexrelid)
    from pg_index i
    where indrelid in ('desk_owner'::regclass, 'desk_apikey'::regclass) and not indisprimary
      and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype = 'u');
  do $$ declare one record; begin
    for one in select * from taken_off order by contype loop
      if one.table_name is null then execute format('drop index %s', one.name);
      else execute format('alter table %s drop constraint %I', one.table_name, one.name); end if;
    end loop;
  end $$`;

const putBack = `
  do $$ declare one record; begin
    for one in select * from taken_off order by contype desc loop execute one.definition; end loop;
  end $$`;
