import 'server-only';

/** Most requests that may wait. Any further one is asked to come back later. */
const mostWaiting = 200;

type Waiting = (isTaken: boolean) => void;

/**
 * Lets a few requests run at a time. The rest wait, and sources alternate: a source that sends a hundred
 * requests at once delays itself, and other sources hardly at all.
 */
export class Turns {
  readonly #waiting = new Map<string, Waiting[]>();
  #free: number;
  #count = 0;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Waits for a turn, which the caller must end with `end`. Resolves to false if too many wait already. */
  take(source: string): Promise<boolean> {
    if (this.#free > 0) {
      this.#free -= 1;
      return Promise.resolve(true);
    }
    if (this.#count >= mostWaiting && !this.#sendAway(source)) return Promise.resolve(false);
    return new Promise((resolve) => {
      const line = this.#waiting.get(source) ?? [];
      this.#waiting.set(source, [...line, resolve]);
      this.#count += 1;
    });
  }

  /** Passes the turn to the source that has waited longest. */
  end(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    const [source, [first, ...others]] = next;
    this.#waiting.delete(source);
    if (others.length > 0) this.#waiting.set(source, others);
    this.#count -= 1;
    first?.(true);
  }

  /** Makes room by refusing the last request of the source with the most. False if that is this source. */
  #sendAway(source: string): boolean {
    const lines = [...this.#waiting].sort(([, one], [, other]) => other.length - one.length);
    const [most] = lines;
    const own = this.#waiting.get(source)?.length ?? 0;
    if (!most || most[1].length <= own + 1) return false;
    const last = most[1].at(-1);
    this.#waiting.set(most[0], most[1].slice(0, -1));
    this.#count -= 1;
    last?.(false);
    return true;
  }
}
