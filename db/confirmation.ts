import 'server-only';
import type { Pool, PoolClient } from 'pg';
import { socketOf } from './session';

/** A connection that was open before a commit. While it stays open, the server has lost nothing. */
export type Witness = PoolClient;

/** Milliseconds that somebody waits until their change is durable. */
export const patience = 8_000;

const mark = Symbol.for('keydesk: not confirmed');

/**
 * A change was committed, but PostgreSQL does not say that it is durable. Usually a standby that commits wait for
 * does not answer. The change takes effect unless the server is lost before the standby has it.
 */
export class NotConfirmedError extends Error {
  readonly [mark] = true;

  constructor(cause?: unknown) {
    super('The change is not confirmed.', { cause });
  }

  /** Pages and `instrumentation.ts` are bundled separately: one may throw what the other catches. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && mark in value;
  }
}

/**
 * Waits until commits are durable, for all who ask at the same time by one statement. What it writes to the log
 * of PostgreSQL comes after the commits, and so is durable only when they are. It waits as the database is
 * configured: for the disk, and for the standbys of `synchronous_standby_names`.
 */
export class Confirmation {
  private running: Promise<void> = Promise.resolve();
  private next: Promise<void> | undefined;
  private open: Promise<Witness> | undefined;
  private witness: Witness | undefined;

  /** @param pool with two connections: the second cancels the statement of the first. */
  constructor(private readonly pool: Pool) {}

  /** To be asked before the commit that {@link confirm} is about. */
  prepare(): Promise<Witness> {
    this.open ??= this.pool.connect().then(
      (client) => this.keep(client),
      (error: unknown) => {
        this.open = undefined;
        throw error;
      },
    );
    return this.open;
  }

  private keep(client: Witness): Witness {
    this.witness = client;
    client.once('end', () => this.leave(client));
    unref(client);
    return client;
  }

  private leave(client: Witness) {
    if (this.witness !== client) return;
    this.witness = undefined;
    this.open = undefined;
    client.release(true);
  }

  /**
   * A server that was restarted or promoted meanwhile would confirm what it never had. Its connection is a new one,
   * and so no proof.
   *
   * @throws NotConfirmedError after `patience`, or if the server was lost since the commit
   */
  async confirm(witness: Witness | undefined): Promise<void> {
    if (!witness || witness !== this.witness) throw new NotConfirmedError();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new NotConfirmedError()), patience);
    });
    try {
      await Promise.race([this.nextMark(), late]);
      if (witness !== this.witness) throw new NotConfirmedError();
    } finally {
      clearTimeout(timer);
    }
  }

  async close(): Promise<void> {
    // The pool ends only when it has all connections back, also one that is only being opened.
    const client = await this.open?.catch(() => undefined);
    if (client) this.leave(client);
    await this.pool.end();
  }

  /** The statement that is running may have been sent before the commit, so the one after it counts. */
  private nextMark(): Promise<void> {
    this.next ??= this.running
      .catch(() => undefined)
      .then(() => {
        this.running = this.next ?? this.running;
        this.next = undefined;
        return this.mark();
      });
    return this.next;
  }

  private async mark(): Promise<void> {
    const client = await this.prepare().catch((error: unknown) => {
      throw new NotConfirmedError(error);
    });
    let failure: Error | undefined;
    const fail = () => (failure = new NotConfirmedError());
    // The statement succeeds with a warning if an operator cancels its wait for the standby.
    client.on('notice', fail);
    const timer = setTimeout(() => void this.abandon(client), patience);
    try {
      await client.query("select pg_logical_emit_message(true, 'keydesk', '')");
    } catch (error) {
      failure = new NotConfirmedError(error);
    } finally {
      clearTimeout(timer);
      client.off('notice', fail);
      if (failure) this.leave(client);
    }
    if (failure) throw failure;
  }

  /** Closing the connection alone would leave its process in PostgreSQL waiting, one more for each attempt. */
  private async abandon(client: PoolClient): Promise<void> {
    const { processID } = client as PoolClient & { processID?: number };
    await this.pool.query('select pg_cancel_backend($1)', [processID]).catch(() => undefined);
    socketOf(client)?.destroy();
  }
}

/** Keeps no command running by being open. Missing in the types of the driver. */
function unref(client: Witness) {
  (client as Witness & { unref?(): void }).unref?.();
}
