import { times } from '../helpers/times';
import { enter, expect, test } from './desk';

const bad = [
  '-1',
  'abc',
  '999999',
  '%00',
  'x'.repeat(500),
  '1&NAME=2',
  '\'"--',
  '%F0%9F%94%91',
  '%ED%A0%80',
];
/** Lists and the parameters that they read. */
export const lists = {
  '/keys': ['username', 'status', 'sort', 'page', 'deleted', 'anything'],
  '/users': ['username', 'status', 'sort', 'page', 'added', 'deleted'],
  '/audit': ['actor', 'action', 'target', 'from', 'to', 'page'],
};

/** Defines a test that sends bad values of these parameters. */
export function sendBadly(path: string, names: string[]): void {
  test(`${path} answers any parameter with a page`, async ({ page, desk }) => {
    await enter(page, desk);
    for (const [turn, name] of names.entries()) {
      for (const [at, value] of bad.entries()) {
        // A list of values is refused before the values are read, so one for each name is enough.
        const isListed = times(true, at === turn % bad.length);
        for (const key of isListed ? [name, `${name}[]`] : [name]) {
          const query = `${key}=${value.replace('NAME', name)}`;
          const answer = await page.request.get(`${path}?${query}`);
          expect([query, answer.status()]).toEqual([query, 200]);
        }
      }
    }
  });
}
