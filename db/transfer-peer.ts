import 'server-only';

/** Why a transfer was ended by Keydesk. */
export type EndOfTransfer = 'another' | 'too-slow' | 'place-wanted';

/** The transfer was ended for a reason outside its content. */
export class TransferEndedError extends Error {
  constructor(readonly reason: EndOfTransfer) {
    super(`The transfer was ended: ${reason}.`);
  }
}

/**
 * Bytes per second that a peer must at least send or receive. EDGE, the slowest connection in use, carries
 * 16,000 to 30,000 (3GPP TS 43.064: up to 59.2 kbit/s a slot, mostly two to four slots).
 */
export const leastRate = 8_192;

/** Milliseconds that a peer may be behind the least rate. A peer that stops is ended after this time. */
export const patience = 30_000;

/**
 * The sender of an upload or the reader of an export, and its speed. Only time spent waiting for the peer
 * counts, not the time of the database, and each byte earns some back. At most {@link patience} accumulates,
 * so that a fast peer cannot stop for long later.
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

  /** Aborted with a {@link TransferEndedError} when the transfer is ended. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Milliseconds that the peer is behind the least rate. */
  get behind(): number {
    return this.#patience - this.#left + this.#waited();
  }

  /** Starts to wait for the peer. */
  awaits(): void {
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.end('too-slow'), this.#left).unref();
  }

  /** The peer has sent or received something. */
  moved(bytes: number): void {
    clearTimeout(this.#timer);
    const left = this.#left - this.#waited() + (bytes / leastRate) * 1_000;
    this.#left = Math.min(this.#patience, left);
    this.#since = null;
  }

  /** The peer has sent or received everything. The remaining work is not its own. */
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

/** The parts that a peer sends, as they arrive. Fails when the transfer is ended. */
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
    // Not awaited, because the sender may have stopped.
    void parts.return?.().catch(() => undefined);
  }
}

/** The parts that a peer receives, no faster than it reads them. */
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

/** Not `Promise.race`, which would keep every part in memory until the signal is gone. */
function unlessEnded<Value>(signal: AbortSignal, coming: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    signal.addEventListener('abort', end, { once: true });
    coming.then(resolve, reject).finally(() => signal.removeEventListener('abort', end));
  });
}
