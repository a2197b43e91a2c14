import { setTimeout as delay } from 'node:timers/promises';
import { times } from '../../helpers/times';

/** Milliseconds between two calls of a loop. A full run is as fast as the machine, others leave it to more tests. */
const pause = times(0, 25);

/** Runs `call` in this many loops at once, until the returned function is called. */
export function underLoad(loops: number, call: (loop: number) => Promise<void>) {
  let stopped = false;
  const running = Array.from({ length: loops }, async (_, loop) => {
    while (!stopped) {
      await call(loop);
      if (pause > 0) await delay(pause);
    }
  });
  return async () => {
    stopped = true;
    await Promise.all(running);
  };
}

/** Milliseconds until `reached` returns true. Gives up after `most`. */
export async function timeUntil(reached: () => Promise<boolean>, most: number): Promise<number> {
  const started = performance.now();
  while (performance.now() - started < most) {
    if (await reached()) return performance.now() - started;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Number.POSITIVE_INFINITY;
}
