import type { Client } from 'pg';
import { keySorts, statusFilters as statuses } from '@/lib/keys/key-input';
import { shares } from './desk-names';

/** Returns the page at a path, as the administrator sees it. */
export type Ask = (path: string) => Promise<string>;
export type Question = { name: string; path: string };

/** Typical requests of administrators on a desk of any size. */
export async function questionsOf(client: Client, ask: Ask): Promise<Question[]> {
  const one = await someUsername(client);
  const texts = {
    exact: one,
    prefix: one.slice(0, -2),
    rare: one.slice(-6),
    'medium 0.5 %': shares.medium,
    'broad 5 %': shares.broad,
    none: 'nobody is so called',
  };
  const at = (query: Record<string, string>) => `/keys?${new URLSearchParams(query)}`;
  return [
    { name: 'newest', path: '/keys' },
    ...statuses.map((status) => ({ name: status, path: at({ status }) })),
    ...Object.entries(texts).map(([name, username]) => ({ name, path: at({ username }) })),
    ...Object.entries(texts).flatMap(([name, username]) =>
      statuses.map((status) => ({ name: `${name}, ${status}`, path: at({ username, status }) })),
    ),
    { name: 'middle page, by its link', path: await middlePage(client, ask) },
    { name: 'last page', path: at({ at: 'end' }) },
    ...keySorts.map((sort) => ({ name: `sort ${sort}`, path: at({ sort }) })),
  ];
}

/** The username of a user with a long number and a few keys. */
async function someUsername(client: Client): Promise<string> {
  const { rows } = await client.query<{ username: string }>(
    `select username from directory_user u where u.username ~ '^[a-z]+[.][a-z]+[0-9]+$' and exists
       (select from api_key k where k.owner_id = u.id and k.deleted_at is null)
     order by id desc limit 1`,
  );
  return rows[0]?.username ?? '';
}

/** The address of "Next" on the page before the middle one. */
async function middlePage(client: Client, ask: Ask): Promise<string> {
  const { rows } = await client.query<{ live: number }>(
    `select sum(live)::int as live from row_tally where relation = 'api_key'`,
  );
  const page = Math.floor((rows[0]?.live ?? 0) / 50);
  const html = await ask(`/keys?page=${page}`);
  const [, link] =
    /href="([^"]*at=[^"]*)"[^>]*rel="next"|rel="next"[^>]*href="([^"]*)"/.exec(html) ?? [];
  const found = link ?? /rel="next"[^>]*href="([^"]*)"/.exec(html)?.[1];
  if (!found) throw new Error('The middle page has no next one.');
  return found.replaceAll('&amp;', '&');
}
