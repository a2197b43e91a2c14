import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { times } from '../helpers/times';
import { prepareApp } from './helpers/app';
import { query } from './helpers/checker';
import { openCluster } from './helpers/cluster';

test.describe.configure({ timeout: times(1_800_000, 240_000) });

const instances = 5;

/** The whole schema as text, independent of the order in which it was made. */
const schema = `
  select 'column ' || table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable ||
    ' ' || coalesce(column_default, '') || coalesce(generation_expression, '') as line
    from information_schema.columns where table_schema = 'public'
  union all select 'constraint ' || conrelid::regclass || ' ' || pg_get_constraintdef(oid)
    from pg_constraint where connamespace = 'public'::regnamespace
  union all select 'index ' || indexdef from pg_indexes where schemaname = 'public'
  union all select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
  union all select 'function ' || pg_get_functiondef(p.oid) from pg_proc p
    left join pg_depend d on d.objid = p.oid and d.deptype = 'e'
    where pronamespace = 'public'::regnamespace and d.objid is null and prokind = 'f'
  order by 1`;

test('five instances that start at once on an empty database migrate it once', async () => {
  const cluster = await openCluster();
  const journal = JSON.parse(readFileSync('db/migrations/meta/_journal.json', 'utf8'));
  const seen = new Set<string>();
  try {
    for (let round = 0; round < times(20, 1); round++) {
      await query(cluster.url, `create database round_${round} template template0`);
      const url = new URL(cluster.url);
      url.pathname = `/round_${round}`;
      await startTogether(url.href, join(cluster.folder, 'keydesk.log'));
      const applied = await query<{ hash: string }>(
        url.href,
        'select hash from drizzle.__drizzle_migrations',
      );
      expect(applied).toHaveLength(journal.entries.length);
      expect(new Set(applied.map(({ hash }) => hash)).size).toBe(applied.length);
      const admins = await query(url.href, 'select 1 from directory_user where role is not null');
      expect(admins).toHaveLength(1);
      const lines = await query<{ line: string }>(url.href, schema);
      expect(lines.length).toBeGreaterThan(60);
      seen.add(lines.map(({ line }) => line).join('\n'));
    }
    expect(seen.size).toBe(1);
  } finally {
    await cluster.remove();
  }
});

async function startTogether(url: string, log: string) {
  const apps = [];
  for (let number = 0; number < instances; number++) apps.push(await prepareApp(url, log));
  try {
    for (const app of apps) app.launch();
    for (const app of apps) await app.untilReady();
  } finally {
    for (const app of apps) await app.kill();
  }
}
