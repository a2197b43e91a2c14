import 'server-only';
import type { ClientConfig, QueryArrayConfig } from 'pg';
import { hasSeen } from '@/db/identity';
import { isInRecovery } from '@/db/no-primary';
import { PrimaryClient } from '@/db/primary-client';
import { isRestored } from '@/db/restored';
import { type SessionValues, setSession } from '@/db/session';

/** Waits between attempts to connect, in milliseconds. The wait doubles from the first to the longest. */
const firstPause = 50;
const longestPause = 1_000;
/** Milliseconds after which the server ends a statement. The client gives up a little later. */
export const statementTimeout = 1_000;

/** The database cannot be asked now. The status of the key is unknown, and the caller should retry. */
export class UnavailableError extends Error {}
/** The connection was lost while the statement ran. The statement may or may not have taken effect. */
export class LostConnectionError extends UnavailableError {}

/** What a connection leads to: the primary, a server in recovery, a restored database, or none that answers. */
export type ServerRole = 'primary' | 'standby' | 'restored' | 'none';

/** Leaves values as PostgreSQL writes them, so that unused columns are never parsed. */
const asText = { getTypeParser: () => (text: string) => text } as unknown as ClientConfig['types'];

/**
 * One connection to the primary that reconnects by itself. It replaces a pool because these few connections live as long as
 * the process, and each runs one statement at a time.
 */
export class Connection {
  private client: PrimaryClient | null = null;
  private busy = false;
  private ended = false;
  private pause = firstPause;
  private retry: NodeJS.Timeout | undefined;
  /** What the latest attempt to connect came to. */
  private refused: ServerRole = 'none';

  constructor(
    private readonly config: ClientConfig,
    private readonly session: SessionValues,
    private readonly onFree: () => void,
    private readonly onRole: () => void = () => undefined,
  ) {
    void this.connect();
  }

  get isConnected(): boolean {
    return this.client !== null;
  }

  get role(): ServerRole {
    return this.client ? 'primary' : this.refused;
  }

  /** Host and port of the server, while connected. */
  get place(): string | undefined {
    return this.client?.place;
  }

  get isFree(): boolean {
    return this.client !== null && !this.busy;
  }

  /**
   * @throws LostConnectionError if the connection ended or timed out before the answer
   * @throws UnavailableError if the server refused the statement, for any reason
   */
  async run(query: QueryArrayConfig): Promise<string[][]> {
    const client = this.client;
    if (!client || this.busy) throw new UnavailableError('no free connection');
    this.busy = true;
    try {
      const { rows } = await client.query<string[]>(query);
      return rows;
    } catch (error) {
      throw this.judgeFailure(client, error);
    } finally {
      this.busy = false;
      if (this.client) this.onFree();
    }
  }

  /**
   * To be told with each answer whether the row of the database lies in its place; null if there is no row.
   *
   * @throws LostConnectionError if it does not: a dump was restored under this connection
   */
  requireInPlace(isInPlace: string | null | undefined): void {
    const { client } = this;
    if (isInPlace === 't' || (client && isInPlace === null && !hasSeen(client.database ?? '')))
      return;
    if (client) this.drop(client);
    throw new LostConnectionError('another database');
  }

  async end(): Promise<void> {
    this.ended = true;
    clearTimeout(this.retry);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  /** Keeps the connection only after an ordinary refusal by the server. Drops it after anything else. */
  private judgeFailure(client: PrimaryClient, error: unknown): UnavailableError {
    const code = (error as { code?: unknown }).code;
    const refused = typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code);
    // 57P: the server or its administrator shut it down. 25006: a primary has become a replica.
    const lost = !refused || code.startsWith('57P') || code.startsWith('08') || code === '25006';
    if (!lost) return new UnavailableError(`refused: ${code}`);
    this.drop(client);
    return new LostConnectionError('connection lost');
  }

  private async connect() {
    const client = new PrimaryClient({
      keepAlive: true,
      connectionTimeoutMillis: 2_000,
      query_timeout: statementTimeout + 200,
      types: asText,
      ...this.config,
    });
    client.on('error', () => this.drop(client));
    client.on('end', () => this.drop(client));
    try {
      await client.connect();
      await setSession(client, { statement_timeout: statementTimeout, ...this.session });
    } catch (error) {
      client.end().catch(() => undefined);
      this.comeBack(refusalOf(error));
      return;
    }
    if (this.ended) return void client.end().catch(() => undefined);
    this.client = client;
    this.pause = firstPause;
    this.onRole();
    this.onFree();
  }

  private drop(client: PrimaryClient) {
    if (this.client !== client) return;
    this.client = null;
    client.end().catch(() => undefined);
    this.comeBack();
  }

  private comeBack(refused: ServerRole = 'none') {
    if (this.ended) return;
    this.refused = refused;
    this.onRole();
    // Random, so that instances do not all reconnect at the same moment.
    const wait = this.pause * (0.5 + Math.random() / 2);
    this.pause = Math.min(longestPause, this.pause * 2);
    clearTimeout(this.retry);
    this.retry = setTimeout(() => void this.connect(), wait);
    this.retry.unref();
  }
}

function refusalOf(error: unknown): ServerRole {
  if (isRestored(error)) return 'restored';
  return isInRecovery(error) ? 'standby' : 'none';
}
