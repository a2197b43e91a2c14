import { setTimeout as pause } from 'node:timers/promises';
import { builtActions } from '../attack/helpers/build';
import { callAction, type Way } from '../attack/helpers/call-action';
import { type Answer, exchange } from '../helpers/plain-browser';
import { expect, test } from './desk';

export const atOnce = 60;

export const id = () => builtActions().find(({ name }) => name === 'signInAction')?.id ?? '';
export const signInFrom = (url: string, way: Way, username: string, page = '/login') =>
  callAction({
    ...{ origin: url, page, id: id(), way, headers: { origin: url } },
    fields: { username, password: 'wrong', next: '/keys' },
  });

/** The longest time of an answer in milliseconds, asking repeatedly until `over` resolves. */
export async function longestUntil(
  over: Promise<unknown>,
  ask: () => Promise<Answer>,
): Promise<number> {
  let isOver = false;
  let longest = 0;
  void over.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const began = performance.now();
    const { status } = await ask();
    if (!isOver) longest = Math.max(longest, performance.now() - began);
    expect(status).toBe(200);
    // Without a pause this would be a flood of its own.
    await pause(50);
  }
  return longest;
}

/** Defines a test that floods the desk in this way. */
export function flood(way: Way): void {
  test(`${atOnce} refused sign-ins at once hold up nobody else, by ${way}`, async ({ desk }) => {
    const cookie = desk.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const askPage = () => exchange(desk.url, '/settings/password', { headers: { cookie } });
    // The first request loads and compiles code.
    for (const ask of [askPage, () => signInFrom(desk.url, way, 'nobody')]) await ask();
    const began = performance.now();
    const flood = Promise.all(
      Array.from({ length: atOnce }, (_, at) => signInFrom(desk.url, way, `nobody ${at}`)),
    );
    const times = await Promise.all([
      longestUntil(flood, () => exchange(desk.url, '/healthz')),
      longestUntil(flood, askPage),
    ]);
    for (const { status, text } of await flood) {
      expect(status).toBe(200);
      expect(text).toMatch(/Wrong username or password|Too many failed attempts/);
    }
    // On a busy machine everything takes longer, but others still wait for only few of them.
    const all = performance.now() - began;
    for (const time of times) expect(time).toBeLessThan(Math.max(500, all / 3));
  });
}
