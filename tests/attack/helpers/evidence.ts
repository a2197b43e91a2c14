import type { Answer } from '../../helpers/plain-browser';
import type { Caller, Target } from './planted';

/**
 * The content of the whole database, in one line for each table. Only traces of refusals are left out:
 * counted failures, refused events, and when a session was last seen.
 */
export async function databaseState({ query }: Target): Promise<Record<string, string>> {
  const tables = await query<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'sign_in_failure' order by 1`,
  );
  const states = tables.map(
    ({ name }) => `select '${name}' as name, count(*) || ' ' ||
      coalesce(md5(string_agg(line, '' order by line)), '') as state
      from (select md5(${columns[name] ?? 'entry::text'}) as line from "${name}" entry ${conditions[name] ?? ''}) lines`,
  );
  const rows = await query<{ name: string; state: string }>(states.join(' union all '));
  return Object.fromEntries(rows.map(({ name, state }) => [name, state]));
}

const columns: Record<string, string> = { session: `encode(id_hash, 'hex') || user_id` };
const conditions: Record<string, string> = {
  audit_event: `where outcome <> 'refused'`,
  // It follows the events in the background, refused ones as well.
  owner_notice_position: 'where false',
};

/** The canaries in an answer or its headers that this caller must not see and did not send. */
export function leaks(
  { body, headers }: Answer,
  caller: Caller,
  { canaries }: Target,
  sent = '',
): string[] {
  const personal = canaries.personal.filter((canary) => !sent.includes(canary.toString()));
  const forbidden = ['nobody', 'owner'].includes(caller)
    ? [...canaries.secret, ...personal]
    : canaries.secret;
  const all = Buffer.concat([body, Buffer.from(JSON.stringify(headers))]);
  return forbidden.filter((canary) => all.includes(canary)).map((canary) => canary.toString());
}
