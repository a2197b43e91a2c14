import 'server-only';
import type { ClientConfig } from 'pg';
import type { SessionValues } from '@/db/session';
import { Connection, LostConnectionError, type ServerRole, UnavailableError } from './connection';

/** Milliseconds from the question to its answer, including the wait, before the question is given up. */
export const deadline = 1_000;
/** Milliseconds between searches for overdue questions. A timer for each question would cost more. */
const sweepEvery = 50;

type Waiting<Item, Result> = {
  item: Item;
  /** `performance.now()` of the request. */
  since: number;
  settled: boolean;
  resolve(result: Result): void;
  reject(error: Error): void;
};

export type TurnQueueOptions<Item, Result> = {
  connection: ClientConfig;
  connections: number;
  session: SessionValues;
  /** Most questions that may wait for a connection. The next one is refused at once. */
  mostWaiting: number;
  largestBatch: number;
  /** Answers the items in order, with one statement. */
  answer(connection: Connection, items: Item[]): Promise<Result[]>;
  /** Tests use this in place of {@link deadline}. */
  patience?: number;
  /** Whether the statement may be sent again after the connection is lost. */
  repeatable: boolean;
  onBatch?(size: number): void;
  /** Told when {@link TurnQueue.role} has changed. */
  onRole?(role: ServerRole, place: string | undefined): void;
};

/**
 * Sends questions that arrive in the same turn of the event loop as one statement. Questions that gather
 * while all connections are busy also share one. Nothing is cached: each question is part of exactly one
 * statement, sent after it was asked.
 */
export class TurnQueue<Item, Result> {
  private readonly waiting: Waiting<Item, Result>[] = [];
  private readonly underWay = new Set<Waiting<Item, Result>[]>();
  private readonly connections: Connection[];
  private turnPlanned = false;
  private sweeper: NodeJS.Timeout | undefined;
  private toldRole: ServerRole = 'none';

  constructor(private readonly options: TurnQueueOptions<Item, Result>) {
    const { connection, connections, session } = options;
    this.connections = Array.from(
      { length: connections },
      () =>
        new Connection(
          connection,
          session,
          () => this.send(),
          () => this.tellRole(),
        ),
    );
  }

  get length(): number {
    return this.waiting.length;
  }

  get connected(): number {
    return this.connections.filter((connection) => connection.isConnected).length;
  }

  /** The best that any connection has found. */
  get role(): ServerRole {
    const found = new Set(this.connections.map(({ role }) => role));
    return (['primary', 'restored', 'standby'] as const).find((role) => found.has(role)) ?? 'none';
  }

  private tellRole() {
    const { role } = this;
    if (role === this.toldRole) return;
    this.toldRole = role;
    this.options.onRole?.(role, this.connections.find(({ isConnected }) => isConnected)?.place);
  }

  /**
   * @param since `performance.now()` at the start of the request, from which the deadline counts
   * @throws UnavailableError if the server is in recovery, the database was restored, the queue is full, the deadline passes or the
   * database refuses
   */
  ask(item: Item, since = performance.now()): Promise<Result> {
    // Nothing that could be waited for will come within the deadline.
    if (this.toldRole === 'standby' || this.toldRole === 'restored') {
      return Promise.reject(new UnavailableError(this.toldRole));
    }
    if (this.waiting.length >= this.options.mostWaiting) {
      return Promise.reject(new UnavailableError('queue full'));
    }
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, since, settled: false, resolve, reject });
      this.sweeper ??= setInterval(() => this.sweep(), sweepEvery);
      if (this.turnPlanned) return;
      this.turnPlanned = true;
      setImmediate(() => {
        this.turnPlanned = false;
        this.send();
      });
    });
  }

  async end(): Promise<void> {
    clearInterval(this.sweeper);
    for (const entry of this.waiting.splice(0)) entry.reject(new UnavailableError('ended'));
    await Promise.all(this.connections.map((connection) => connection.end()));
  }

  private send() {
    while (this.waiting.length > 0) {
      const connection = this.connections.find(({ isFree }) => isFree);
      if (!connection) return;
      void this.run(connection, this.waiting.splice(0, this.options.largestBatch));
    }
  }

  private async run(connection: Connection, batch: Waiting<Item, Result>[]) {
    this.underWay.add(batch);
    this.options.onBatch?.(batch.length);
    try {
      const items = batch.map(({ item }) => item);
      const results = await this.options.answer(connection, items);
      for (const [index, entry] of batch.entries()) {
        entry.settled = true;
        entry.resolve(results[index] as Result);
      }
    } catch (error) {
      this.giveBack(batch, error);
    } finally {
      this.underWay.delete(batch);
    }
  }

  /** Asks a question that only reads again over another connection, until its deadline. */
  private giveBack(batch: Waiting<Item, Result>[], error: unknown) {
    const open = batch.filter(({ settled }) => !settled);
    if (this.options.repeatable && error instanceof LostConnectionError) {
      this.waiting.unshift(...open);
      return this.send();
    }
    const failure = error instanceof Error ? error : new UnavailableError(String(error));
    for (const entry of open) refuse(entry, failure);
  }

  private sweep() {
    const overdue = performance.now() - (this.options.patience ?? deadline);
    const late = (entry: Waiting<Item, Result>) => entry.since <= overdue;
    for (const batch of this.underWay) {
      for (const entry of batch) if (late(entry)) refuse(entry, new UnavailableError('deadline'));
    }
    const stillWaiting = this.waiting.filter((entry) => !late(entry));
    for (const entry of this.waiting)
      if (late(entry)) refuse(entry, new UnavailableError('deadline'));
    this.waiting.splice(0, this.waiting.length, ...stillWaiting);
    if (this.waiting.length > 0 || this.underWay.size > 0) return;
    clearInterval(this.sweeper);
    this.sweeper = undefined;
  }
}

function refuse<Item, Result>(entry: Waiting<Item, Result>, error: Error) {
  entry.settled = true;
  entry.reject(error);
}
