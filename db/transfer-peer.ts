import 'server-only';

/** Why a transfer was ended from our side. */
export type EndOfTransfer = 'another' | 'too-slow' | 'place-wanted';

/** The transfer was ended, and not by what it carries. */
export class TransferEndedError extends Error {
  constructor(readonly reason: EndOfTransfer) {
    super(`The transfer was ended: ${reason}.`);
  }
}

/**
 * Bytes per second that a peer gives or takes at least. EDGE, the slowest of the lines in use, carries
 * 16,000 to 30,000 (3GPP TS 43.064: up to 59.2 kbit/s a slot, mostly two to four slots).
 */
export const leastRate = 8_192;

/** How far behind the least rate a peer may be, in milliseconds; who stands still is ended after it. */
export const patience = 30_000;

/**
 * Who sends an upload or reads an export, and how fast. Only time in which they are waited for counts,
 * not what the database takes; each byte pays for its share of it. Nobody saves up more than
 * {@link patience}, so that who was fast once cannot stand still for long.
 */
export class Peer {
  readonly #ended = new AbortController();
  readonly #patience: number;
  #left: number;
  #since: number | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly person: string | null,
    longest = patience,
  ) {
    this.#patience = longest;
    this.#left = longest;
  }

  /** Aborted, with a {@link TransferEndedError}, when the transfer is ended. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** How far behind the least rate the peer is, in milliseconds. */
  get behind(): number {
    return this.#patience - this.#left + this.#waited();
  }

  /** From here on it is the peer that is waited for. */
  awaits(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.end('too-slow'), this.#left).unref();
  }

  /** The peer has given or taken something. */
  moved(bytes: number): void {
    clearTimeout(this.#timer);
    const left = this.#left - this.#waited() + (bytes / leastRate) * 1_000;
    this.#left = Math.min(this.#patience, left);
    this.#since = null;
  }

  /** All has been given or taken: what is left to do is ours. */
  done(): void {
    this.moved(Number.POSITIVE_INFINITY);
  }

  end(reason: EndOfTransfer): void {
    clearTimeout(this.#timer);
    this.#ended.abort(new TransferEndedError(reason));
  }

  #waited(): number {
    return this.#since === null ? 0 : performance.now() - this.#since;
  }
}

/** What a peer sends, as it comes; fails when the transfer is ended. */
export async function* sentBy(
  peer: Peer,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const parts = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      peer.awaits();
      const { value, done } = await unlessEnded(peer.signal, parts.next());
      peer.moved(value?.length ?? 0);
      if (done) return;
      yield value;
    }
  } finally {
    peer.done();
    // Not waited for: a sender that stands still would be.
    void parts.return?.().catch(() => undefined);
  }
}

/** What a peer takes, no faster than it does. */
export async function* takenBy<Part extends string | Uint8Array>(
  peer: Peer,
  parts: AsyncIterable<Part>,
): AsyncGenerator<Part> {
  try {
    for await (const part of parts) {
      peer.awaits();
      yield part;
      peer.moved(part.length);
      peer.signal.throwIfAborted();
    }
  } finally {
    peer.done();
  }
}

/** Not `Promise.race`, which would keep every part until the signal is gone. */
function unlessEnded<Value>(signal: AbortSignal, coming: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
