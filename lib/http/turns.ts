import 'server-only';

/** More than that wait for nobody: they are told to come again. */
const mostWaiting = 200;

type Waiting = (isTaken: boolean) => void;

/**
 * Lets a few do something at a time. The rest wait, and those who come from one source take turns with
 * those of others: whoever sends a hundred at once waits for them, and others hardly.
 */
export class Turns {
  readonly #waiting = new Map<string, Waiting[]>();
  #free: number;
  #count = 0;

  constructor(atOnce: number) {
    this.#free = atOnce;
  }

  /** Waits for a turn, which must be given back by `end`; false where too many wait already. */
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

  /** Hands the turn to the source that waited longest for one. */
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

  /** Makes room at the cost of the source of which most wait; false where that is this one. */
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
