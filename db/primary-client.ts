import 'server-only';
import { Client, type ClientConfig } from 'pg';
import { NoPrimaryError, RecoveryError } from './no-primary';
import { serversOf } from './servers';

/** Milliseconds for all servers together, if no other limit is given. */
const patience = 5_000;

/**
 * For each address, which of its servers was the primary last. The next connection tries it first, because a
 * machine that is gone would cost each connection a part of its time.
 */
const lastPrimary = new Map<string, number>();

/**
 * A connection to the primary server, and to no other. It tries the servers of its address in turn and takes
 * the first that is not in recovery. All of them share the time to connect.
 */
export class PrimaryClient extends Client {
  private readonly address: string;
  private readonly servers: string[];
  private readonly first: number;

  constructor(private readonly config: ClientConfig = {}) {
    const address = config.connectionString ?? '';
    const servers = address ? serversOf(address) : [''];
    const first = lastPrimary.get(address) ?? 0;
    super(single(config, servers[first]));
    this.address = address;
    this.servers = servers;
    this.first = first;
    // A lost connection would otherwise end the process while nobody listens.
    this.on('error', () => undefined);
  }

  /** Host and port of the server. */
  get place(): string {
    return `${this.host}:${this.port}`;
  }

  /**
   * @throws RecoveryError if the only server is in recovery
   * @throws NoPrimaryError if none of several servers is a primary that answers
   */
  override connect(): Promise<Client>;
  override connect(callback: ((error: Error) => void) | ((error: null, c: Client) => void)): void;
  override connect(callback?: unknown): Promise<Client> | undefined {
    const connected = this.findPrimary();
    if (!callback) return connected;
    const done = callback as (error: unknown, client?: Client) => void;
    connected.then((client) => done(null, client), done);
    return undefined;
  }

  private async findPrimary(): Promise<Client> {
    const end = performance.now() + (this.config.connectionTimeoutMillis || patience);
    const failures = new Map<string, unknown>();
    for (let tried = 0; tried < this.servers.length; tried++) {
      const at = (this.first + tried) % this.servers.length;
      if (tried > 0) this.startAnew(this.servers[at]);
      const share = (end - performance.now()) / (this.servers.length - tried);
      try {
        await this.tryServer(Math.max(1, share));
        lastPrimary.set(this.address, at);
        return this;
      } catch (error) {
        this.connection.stream.destroy();
        if (this.servers.length === 1) throw error;
        failures.set(this.place, error);
      }
    }
    throw new NoPrimaryError(failures);
  }

  /** Asks the server itself, because a pooler may repeat what it was told at an earlier connection. */
  private async tryServer(limit: number) {
    const late = setTimeout(
      () => this.connection.stream.destroy(new Error('timeout expired')),
      limit,
    );
    try {
      await super.connect();
      const { rows } = await this.query('select pg_is_in_recovery()::text as answer');
      if (rows[0]?.answer !== 'false') throw new RecoveryError();
    } finally {
      clearTimeout(late);
    }
    this.leaveOnRecovery();
  }

  /** The server announces it. Without a pooler it never happens, because a server restarts before. */
  private leaveOnRecovery() {
    this.connection.on('parameterStatus', ({ parameterName, parameterValue }) => {
      if (parameterName !== 'in_hot_standby' || parameterValue !== 'on') return;
      this.connection.stream.destroy(new RecoveryError());
    });
  }

  /** Makes this client one that was never connected. Who listens to it stays. */
  private startAnew(server: string | undefined) {
    this.connection.removeAllListeners();
    this.connection.on('error', () => undefined);
    const { _events, _eventsCount, _maxListeners, ...state } = new Client(
      single(this.config, server),
    ) as unknown as Record<string, unknown>;
    Object.assign(this, state);
  }
}

/** The driver's own limit would count for each server. */
function single(config: ClientConfig, server: string | undefined): ClientConfig {
  const own = { ...config, connectionTimeoutMillis: 0 };
  return server ? { ...own, connectionString: server } : own;
}
