import type { Client } from 'pg';
import { people } from './desk-names';

const chunk = 200_000;
type Progress = (what: string, done: number, all: number) => void;

/**
 * Makes rows inside the database, which is several times as fast as sending them. Each row depends only on
 * its number, so that an interrupted run can continue. Indexes and foreign keys are removed first and created
 * at the end, because they would take most of the time.
 */
export async function fillTables(client: Client, keys: number, progress: Progress): Promise<void> {
  await client.query(
    `set synchronous_commit = off; set maintenance_work_mem = '512MB'; set work_mem = '256MB'`,
  );
  if (!(await begin(client, keys))) return;
  const users = Math.ceil(keys / 5);
  await load(client, 'users', users, insertUsers, progress);
  await load(client, 'keys', keys, (from, to) => insertKeys(from, to, users), progress);
  const { rows } = await client.query<{ name: string; definition: string }>(
    'select name, definition from bench.taken_off order by name desc',
  );
  for (const [index, { name, definition }] of rows.entries()) {
    progress('indexes', index, rows.length);
    await client.query(
      `begin; ${definition}; delete from bench.taken_off where name = '${name}'; commit`,
    );
  }
  await client.query(`alter table api_key enable trigger api_key_owner_folded;
    alter table api_key enable trigger api_key_use_added`);
  await client.query('drop table bench.person');
  await client.query('vacuum analyze');
  await client.query(`update bench.progress set done = total where what = 'whole'`);
  progress('indexes', rows.length, rows.length);
}

/** Records what is to be done. Returns false if everything is done. */
async function begin(client: Client, keys: number): Promise<boolean> {
  const known = await client.query(`select to_regclass('bench.progress') as name`);
  if (known.rows[0]?.name === null) {
    const { rows } = await client.query('select exists (select from api_key) as used');
    if (rows[0]?.used) throw new Error('There are keys in this database: name an empty one.');
    await client.query(prepare, []);
    await client.query(`insert into bench.progress values ('whole', 0, ${keys})`);
  }
  const { rows } = await client.query<{ done: string; total: string }>(
    `select done, total from bench.progress where what = 'whole'`,
  );
  if (Number(rows[0]?.total) !== keys)
    throw new Error('This database is being filled to another size.');
  return rows[0]?.done !== rows[0]?.total;
}

const prepare = `
  begin;
  create schema bench;
  create table bench.progress (what text primary key, done bigint not null, total bigint not null);
  create unlogged table bench.person (number int primary key, id uuid not null, folded text not null);
  create table bench.taken_off as
    select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition
    from pg_index where indrelid in ('api_key'::regclass, 'directory_user'::regclass, 'key_last_use'::regclass)
      and not indisprimary;
  insert into bench.taken_off select conname, format('alter table %s add constraint %I %s', conrelid::regclass,
    conname, pg_get_constraintdef(oid)) from pg_constraint
    where conrelid in ('api_key'::regclass, 'key_last_use'::regclass) and contype = 'f';
  do $$ declare one record; begin
    for one in select * from bench.taken_off loop
      if one.definition like 'CREATE%' then execute format('drop index %s', one.name);
      else execute format('alter table %s drop constraint %I', split_part(one.definition, ' ', 3), one.name); end if;
    end loop;
  end $$;
  alter table api_key disable trigger api_key_owner_folded;
  alter table api_key disable trigger api_key_use_added;
  commit`;

async function load(
  client: Client,
  what: string,
  total: number,
  insert: (from: number, to: number) => string,
  progress: Progress,
) {
  await client.query('insert into bench.progress values ($1, 0, $2) on conflict do nothing', [
    what,
    total,
  ]);
  const { rows } = await client.query('select done from bench.progress where what = $1', [what]);
  for (let from = Number(rows[0]?.done); from < total; ) {
    progress(what, from, total);
    const to = Math.min(total, from + chunk);
    await client.query(`begin; ${insert(from, to)};
      update bench.progress set done = ${to} where what = '${what}'; commit`);
    from = to;
  }
  progress(what, total, total);
}

/** Independent numbers from 0 to 1 for each row, from `n` and their purpose. */
const chance = (what: string) =>
  `((hashint8extended(n, ${[...what].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7)}) & 1048575) / 1048576.0)`;

/** Like version 7: the time comes first, so that later rows have higher ids. */
const idAt = (time: string) =>
  `(lpad(to_hex((extract(epoch from ${time}) * 1000)::bigint), 12, '0') || '7' || substr(md5(n::text), 1, 3)
    || '8' || substr(md5(n::text), 4, 15))::uuid`;

const quoted = (text: string) => `'${text}'`;
const given = `(array[${people.map((person) => quoted(person.given)).join(',')}])`;
const family = `(case who ${people
  .map((person, index) => {
    const names = `(array[${person.family.map(quoted).join(',')}])`;
    return `when ${index + 1} then ${names}[1 + (${chance('family')} * ${person.family.length})::int % ${person.family.length}]`;
  })
  .join(' ')} end)`;

function insertUsers(from: number, to: number): string {
  return `
    with named as (
      select n, who, ${given}[who] as given, ${family} as family,
        now() - interval '3 years' + interval '3 years' * n / 1e7 as at
      from (select n, 1 + floor(${chance('given')} * ${people.length})::int as who
        from generate_series(${from}, ${to - 1}) n) drawn
    ), made as (
      insert into directory_user (id, username, display_name, email, active, created_at)
      select ${idAt('at')}, given || '.' || family || n, initcap(given || ' ' || family),
        'u' || n || '@example.org', ${chance('user')} > 0.03, at from named
      returning id, username_folded, email
    )
    insert into bench.person select substr(email, 2, position('@' in email) - 2)::int, id, username_folded
    from made`;
}

/** Squaring the number gives few users very many keys, and many users none. */
function insertKeys(from: number, to: number, users: number): string {
  const drawn = `(select n, floor(power(${chance('owner')}, 2) * ${users})::int as owner,
      date_trunc('milliseconds', now() - interval '3 years' + interval '3 years' * n / ${users * 5}.0) as at
    from generate_series(${from}, ${to - 1}) n) drawn`;
  return `
    insert into api_key (id, owner_id, owner_folded, name, active, expires_at, secret_mac, secret_pepper,
      secret_prefix, secret_first, secret_last, request_id, created_at, deleted_at)
    select ${idAt('at')}, person.id, person.folded, (array['', 'ci', 'backup', 'laptop', 'report'])[1 + n % 5],
      ${chance('active')} > 0.08,
      case when ${chance('expires')} < 0.3 then now() + interval '455 days' * ${chance('when')} - interval '90 days' end,
      sha256(('secret ' || n)::bytea), 1, 'kd', substr(md5(n::text), 1, 4), substr(md5(n::text), 5, 4),
      md5('request ' || n)::uuid,
      at, case when ${chance('deleted')} < 0.02 then now() end
    from ${drawn} join bench.person on person.number = drawn.owner
    order by drawn.n;
    insert into key_last_use (key_id, used_at, created_at, active, live)
    select ${idAt('at')},
      case when ${chance('used')} < 0.6 then now() - interval '90 days' * ${chance('use')} else '-infinity' end,
      at, ${chance('active')} > 0.08, ${chance('deleted')} >= 0.02
    from ${drawn} order by drawn.n`;
}
