import type { Question } from './list-questions';

/** The columns of Django's list that can be sorted by, as its address counts them. */
const columns: Record<string, number> = {
  username: 1,
  status: 3,
  created: 5,
  used: 6,
  expires: 7,
};

/** Where Django's admin answers what is asked of Keydesk at this path. */
export function djangoPath({ name, path }: Question, live: number): string {
  const asked = new URLSearchParams(path.split('?')[1]);
  const [username, status, sort] = ['username', 'status', 'sort'].map((key) => asked.get(key));
  const at = new URLSearchParams();
  if (username) at.set('q', username);
  if (status) at.set('status', status);
  if (sort) at.set('o', orderOf(sort));
  if (name === 'last page') at.set('p', `${Math.ceil(live / 25)}`);
  if (name.startsWith('middle page')) at.set('p', `${Math.floor(live / 50) + 1}`);
  return `/admin/desk/apikey/?${at}`;
}

function orderOf(sort: string): string {
  const column = columns[sort.replace('-', '')];
  if (!column) throw new Error(`Django has no order ${sort}.`);
  return sort.startsWith('-') ? `-${column}` : `${column}`;
}

/** The ids of the keys in Keydesk's table, in their order. */
export function idsOfKeydesk(html: string): string[] {
  return [...html.matchAll(/ id="owner-([0-9a-f-]{36})"/g)].map(([, id]) => id ?? '');
}

/** The same of Django's; throws where the page is not the list of keys at all. */
export function idsOfDjango(html: string): string[] {
  if (!html.includes('id="changelist"')) throw new Error('Django answered with another page.');
  return [...html.matchAll(/\/admin\/desk\/apikey\/([0-9a-f-]{36})\/change\//g)].map(
    ([, id]) => id ?? '',
  );
}

/**
 * Both lists must show the same: the same keys in the same order where nothing but the default order is asked
 * for, else as many. Rows that tie in another order, and names in scripts that the two sort differently,
 * come in an order of each one's own.
 */
export function sameRows({ name, path }: Question, ours: string[], theirs: string[]): void {
  const sorted = path.includes('sort=') && !/sort=-?created/.test(path);
  const same = sorted ? ours.length === theirs.length : ours.join() === theirs.join();
  const mayBeEmpty = path.includes('username=') && (path.includes('status=') || name === 'none');
  if (!same || (ours.length === 0 && !mayBeEmpty))
    throw new Error(
      `${name}: Keydesk shows ${ours.length} keys, Django ${theirs.length}, and not as expected.`,
    );
}
