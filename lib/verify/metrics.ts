import 'server-only';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import packageJson from '@/package.json';
import type { ServerRole } from './connection';
import { RequestTimes } from './request-times';
import { type Code, codes } from './verdict';

/** What the metrics read when they are collected. */
export type Watched = {
  waiting(): number;
  role(): ServerRole;
  connections(): Record<string, number>;
  usage: { lag: number; dropped: number; failedFlushes: number };
  pepperMigration: { failedFlushes: number };
};

export type Metrics = ReturnType<typeof openMetrics>;

/** Gauges named like counters, which `promtool check metrics` refuses. Each is the sum of another metric. */
const misnamed = ['handles', 'requests', 'resources'].map((kind) => `nodejs_active_${kind}_total`);

/**
 * Counters for Prometheus. Labels name the decision, never users or keys. Children are looked up once,
 * because a look-up by label costs as much as the rest of an answer.
 */
export function openMetrics(watched: Watched) {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of misnamed) registry.removeSingleMetric(name);
  const verifications = new Counter({
    name: 'keydesk_verifications_total',
    help: 'Keys judged, by verdict.',
    labelNames: ['code'],
    registers: [registry],
  });
  const byCode = Object.fromEntries(
    codes.map((code) => [code, verifications.labels({ code })]),
  ) as Record<Code, Counter.Internal>;
  for (const code of codes) byCode[code].inc(0);
  const times = new RequestTimes();
  const batch = new Histogram({
    name: 'keydesk_lookup_batch_size',
    help: 'Questions answered by one statement.',
    buckets: [1, 2, 4, 8, 16, 32, 64, 128, 256],
    registers: [registry],
  });
  const refused = new Counter({
    name: 'keydesk_refused_total',
    help: 'Requests on VERIFY_PORT answered with an error, by endpoint and status.',
    labelNames: ['endpoint', 'status'],
    registers: [registry],
  });
  watch(registry, watched);
  return {
    contentType: registry.contentType,
    /** As Prometheus reads them. */
    text: async () => (await registry.metrics()) + times.text(),
    judged: (code: Code) => byCode[code].inc(),
    answered: (endpoint: string, elapsed: number) => times.observe(endpoint, elapsed / 1_000),
    batched: (size: number) => batch.observe(size),
    refused: (endpoint: string, status: number) => refused.inc({ endpoint, status }),
  };
}

const roles: ServerRole[] = ['primary', 'standby', 'restored', 'none'];

function watch(
  registry: Registry,
  { waiting, role, connections, usage, pepperMigration }: Watched,
) {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge('keydesk_lookup_waiting', 'Questions waiting for a connection.', waiting);
  gauge('keydesk_usage_flush_lag_seconds', 'Since usage was last written.', () => usage.lag);
  const counter = (name: string, help: string, read: () => number) =>
    new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  counter(
    'keydesk_usage_flush_failures_total',
    'Failed writes of usage, retried.',
    () => usage.failedFlushes,
  );
  counter(
    'keydesk_usage_dropped_total',
    'Uses not counted: too many keys at once.',
    () => usage.dropped,
  );
  counter(
    'keydesk_re_mac_failures_total',
    'Failed moves of secrets to the newest pepper, retried.',
    () => pepperMigration.failedFlushes,
  );
  new Gauge({
    name: 'keydesk_verify_connections',
    help: 'Open connections to PostgreSQL, by purpose.',
    labelNames: ['purpose'],
    registers: [registry],
    collect() {
      for (const [purpose, count] of Object.entries(connections())) this.set({ purpose }, count);
    },
  });
  new Gauge({
    name: 'keydesk_database_role',
    help: '1 for what verification found: the primary, a standby or a restored database (both refused), or none.',
    labelNames: ['role'],
    registers: [registry],
    collect() {
      const found = role();
      for (const one of roles) this.set({ role: one }, one === found ? 1 : 0);
    },
  });
  new Gauge({
    name: 'keydesk_build_info',
    help: 'Always 1.',
    labelNames: ['version', 'node'],
    registers: [registry],
  }).set({ version: packageJson.version, node: process.version }, 1);
}
