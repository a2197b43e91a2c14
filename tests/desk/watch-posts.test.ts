import { patience, watchPosts } from '@/components/posting/watch-posts';

/** Answers with its head after so many milliseconds; says when it was given up. */
function slowServer(head: number) {
  const givenUp: number[] = [];
  const began = Date.now();
  const fetch = (_input: unknown, init: RequestInit) => {
    init.signal?.addEventListener('abort', () => givenUp.push(Date.now() - began));
    const headers = { 'content-type': 'text/x-component' };
    return new Promise((answer) =>
      setTimeout(() => answer({ status: 200, headers: new Headers(headers) }), head),
    );
  };
  Object.assign(globalThis, { window: { fetch } });
  watchPosts();
  void window.fetch('/keys', { method: 'POST', headers: { 'next-action': 'x' } });
  return givenUp;
}

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a page that an action leads to is awaited as long as the action itself', async () => {
  const givenUp = slowServer(patience - 1_000);
  await jest.advanceTimersByTimeAsync(patience + 20_000);
  expect(givenUp).toEqual([]);
  await jest.advanceTimersByTimeAsync(patience);
  expect(givenUp).toEqual([2 * patience - 1_000]);
});

it('control: an answer that does not begin is given up', async () => {
  const givenUp = slowServer(patience + 1_000);
  await jest.advanceTimersByTimeAsync(patience + 500);
  expect(givenUp).toEqual([patience]);
});
