import 'server-only';
import type { Pool } from 'pg';
import { openPool, pageLimits } from '@/db/client';
import { rowInPlace } from '@/db/identity';
import { RestoredError } from '@/db/restored';
import { FailedLookupLimiter } from '@/lib/keys/failed-lookup-limiter';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { settings, verifySettings } from '@/lib/settings/settings';
import type { VerifySettings } from '@/lib/settings/verify-settings';
import { type Lookup, openLookup } from './lookup';
import { type Metrics, openMetrics } from './metrics';
import { PepperMigration } from './pepper-migration';
import { openRateCounter, type RateCounter } from './rate';
import type { TurnQueueOptions } from './turn-queue';
import { Usage } from './usage';

/** Everything that verification keeps open. It keeps no verdicts. */
export type Verification = {
  peppers: readonly KeyVersion[];
  /** The prefix of our own secrets, without the underscore. */
  prefix: string;
  /** The public address of the verification API. Without it there is no metadata document. */
  issuer: string | undefined;
  /** Where revocation is answered, if not at the issuer. */
  revocationOrigin: string | undefined;
  /** Whether this process may move secrets to the newest pepper and revoke. */
  mayChangeKeys: boolean;
  /** The Bearer token that shows the metrics. Without it everybody may see them. */
  metricsToken: string | undefined;
  lookup: Lookup;
  rates: RateCounter;
  guesses: FailedLookupLimiter;
  usage: Usage;
  pepperMigration: PepperMigration;
  metrics: Metrics;
  /** The metrics of pages and jobs, which another thread counts, as Prometheus reads them. */
  pageMetrics(): Promise<string>;
  /** When the newest migration of the database was made, in milliseconds since 1970. */
  ready(): Promise<number>;
  writer: Pool;
  /** Connections for changes by services. It has none until the first. */
  revocations: Pool;
};

export type VerificationOptions = {
  connectionString: string;
  /** Where keys are looked up, if not there. */
  lookupString?: string | undefined;
  peppers: readonly KeyVersion[];
  prefix?: string;
  issuer?: string | undefined;
  revocationOrigin?: string | undefined;
  mayChangeKeys?: boolean;
  metricsToken?: string | undefined;
  onRole?: TurnQueueOptions<never, never>['onRole'];
};

export function openVerification({
  connectionString,
  lookupString = connectionString,
  peppers,
  prefix = 'kd',
  issuer,
  revocationOrigin,
  mayChangeKeys = true,
  metricsToken,
  onRole = () => undefined,
}: VerificationOptions): Verification {
  // Two: one statement at a time writes usage, and `/readyz` must not wait for it.
  const writer = openPool(
    {
      application_name: 'keydesk usage',
      statement_timeout: 5_000,
      lock_timeout: 2_000,
    },
    { max: 2, connectionTimeoutMillis: 2_000, query_timeout: 6_000 },
    connectionString,
  );
  const revocations = openPool(
    { application_name: 'keydesk revoke', ...pageLimits },
    { max: 2, connectionTimeoutMillis: 1_000, query_timeout: 6_000 },
    connectionString,
  );
  const usage = new Usage(writer);
  const pepperMigration = new PepperMigration(writer, peppers[0]?.version ?? 0);
  const rates = openRateCounter({ connectionString });
  const lookup = openLookup(
    { connectionString: lookupString },
    { onBatch: (size) => metrics.batched(size), onRole },
  );
  const metrics = openMetrics({
    usage,
    pepperMigration,
    waiting: () => lookup.length,
    role: () => lookup.role,
    connections: () => ({
      lookup: lookup.connected,
      rate: rates.connected,
      usage: writer.totalCount,
    }),
  });
  const guesses = new FailedLookupLimiter();
  return {
    peppers,
    prefix,
    issuer,
    revocationOrigin,
    mayChangeKeys,
    metricsToken,
    lookup,
    rates,
    guesses,
    usage,
    pepperMigration,
    metrics,
    pageMetrics: async () => '',
    writer,
    revocations,
    ready: () => newestMigration(lookup, writer),
  };
}

async function newestMigration(lookup: Lookup, pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ newest: string | null; inPlace: boolean | null }>(
    `select max(created_at) as newest, ${rowInPlace} as "inPlace" from drizzle.__drizzle_migrations`,
  );
  if (rows[0]?.inPlace === false) throw new RestoredError();
  // At first use the look-up is only connecting. A question without keys waits until it has.
  if (lookup.connected === 0) await lookup.ask([]);
  return Number(rows[0]?.newest ?? 0);
}

/** Route handlers and `instrumentation.ts` are bundled separately, but must share this. */
const shared = globalThis as typeof globalThis & { keydeskVerification?: Verification };

/**
 * The verification of this process, opened at first use from the settings.
 *
 * @param onRole is told when the primary is lost or found
 */
export function verification(onRole?: VerificationOptions['onRole']): Verification {
  shared.keydeskVerification ??= openVerification({ ...optionsOf(verifySettings()), onRole });
  return shared.keydeskVerification;
}

function optionsOf(given: VerifySettings): VerificationOptions {
  return {
    connectionString: given.DATABASE_URL,
    lookupString: given.LOOKUP_DATABASE_URL,
    peppers: given.KEY_PEPPER,
    prefix: given.KEY_PREFIX,
    issuer: given.VERIFY_URL,
    // Where the pages are served apart, the address of verification leads to processes that change no key.
    revocationOrigin: given.ROLE === 'pages' ? settings().AUTH_URL : undefined,
    mayChangeKeys: given.ROLE !== 'verify',
    metricsToken: given.METRICS_TOKEN,
  };
}

/** Writes the remaining usage and closes the connections of this process, if any are open. */
export async function closeVerification(context = shared.keydeskVerification): Promise<void> {
  if (!context) return;
  if (context === shared.keydeskVerification) delete shared.keydeskVerification;
  await Promise.all([context.usage.end(), context.pepperMigration.end()]);
  const { lookup, rates, writer, revocations } = context;
  await Promise.all([lookup, rates, writer, revocations].map((one) => one.end()));
}
