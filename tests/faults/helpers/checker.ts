import { createHmac } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { testSettings } from '../../helpers/settings';
import type { Operation } from './journal';

type KeyRow = {
  id: string;
  request_id: string;
  mac: string;
  version: number;
  active: boolean;
  deleted: boolean;
  former: Record<string, string> | null;
  reveals: string[] | null;
};

const pepper = Buffer.from(testSettings.KEY_PEPPER.slice(2), 'base64');

/** The MAC as Keydesk stores it. Written again here, because a checker must not trust what it checks. */
export function macOf(secret: string): Buffer {
  return createHmac('sha256', pepper).update(`keydesk/1/api-key/${secret}`).digest();
}

export async function query<Row>(
  url: string,
  text: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end();
  }
}

/**
 * Acknowledged changes that are missing, from the operations of one client, which was the only one to use its
 * keys.
 */
export async function lostChanges(url: string, operations: Operation[]): Promise<string[]> {
  const rows = await query<KeyRow>(
    url,
    `select id, request_id, encode(secret_mac, 'hex') as mac, secret_version as version, active,
       deleted_at is not null as deleted,
       (select jsonb_object_agg(version, encode(mac, 'hex')) from former_secret where key_id = id) as former,
       (select array_agg(details ->> 'requestId') from audit_event
        where target_id = api_key.id and action = 'key.reveal' and outcome = 'done') as reveals
     from api_key`,
  );
  return operations.flatMap((operation, at) => {
    if (!operation.told) return [];
    const { id, requestId, verb } = operation;
    const row = rows.find((one) => (id ? one.id === id : one.request_id === requestId));
    const later = operations.slice(at + 1).filter((one) => one.id === row?.id);
    return row && isKept(operation, row, later) ? [] : [`${verb} ${id ?? requestId}`];
  });
}

function isKept(operation: Operation, row: KeyRow, later: Operation[]): boolean {
  const { verb, secret = '', version = 0, active } = operation;
  if (verb === 'delete') return row.deleted;
  if (verb === 'switch') return later.some((one) => one.verb === 'switch') || row.active === active;
  const mac = macOf(secret).toString('hex');
  if (verb === 'reveal') {
    const known = [row.mac, ...Object.values(row.former ?? {})];
    return known.includes(mac) && (row.reveals ?? []).includes(operation.requestId ?? '');
  }
  const number = verb === 'create' ? 1 : version + 1;
  return row.version === number ? row.mac === mac : row.former?.[number] === mac;
}

/** Changes without an event, and events without a change. */
export async function auditGaps(url: string): Promise<string[]> {
  const happened = (action: string) =>
    `(select count(*) from audit_event where target_id = key.id and action = 'key.${action}')`;
  const rows = await query<{ gap: string }>(
    url,
    `select 'key ' || key.id as gap from api_key key where
       ${happened('create')} <> 1
       or ${happened('regenerate')} <> key.secret_version - 1
       or (select count(*) from former_secret where key_id = key.id) <> key.secret_version - 1
       or ${happened('delete')} <> (key.deleted_at is not null)::int
       or 1 + ${happened('activate')} - ${happened('deactivate')} <> key.active::int
     union all
     select 'event ' || seq from audit_event event
       where target_type = 'key' and not exists (select from api_key where id = event.target_id)`,
  );
  return rows.map(({ gap }) => gap);
}

/** Files below the folder that contain a whole secret. */
export function filesWithSecrets(folder: string, form = /kd_[0-9A-Za-z]{49}/): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => form.test(textOf(path)));
}

/** Empty for folders, and for files that PostgreSQL has replaced or deleted meanwhile. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR') return '';
    throw error;
  }
}
