import 'server-only';
import { Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What is counted in the thread of pages and jobs. The listener's thread serves it with its own. */
export type PageMetrics = ReturnType<typeof openPageMetrics>;

/** Pages and `instrumentation.ts` are bundled separately, but count together. */
const shared = globalThis as typeof globalThis & { keydeskPageMetrics?: PageMetrics };

export function pageMetrics(): PageMetrics {
  shared.keydeskPageMetrics ??= openPageMetrics();
  return shared.keydeskPageMetrics;
}

/** Seconds. Pages take longer than verifications, and a password takes longest. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Labels are words of the program, never users, keys or addresses, and few. */
function openPageMetrics() {
  const registry = new Registry();
  const registers = [registry];
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name, help, labelNames, registers });
  const gauge = <Label extends string>(name: string, help: string, labelNames: Label[] = []) =>
    new Gauge({ name, help, labelNames, registers });
  const seconds = (name: string, help: string) =>
    new Histogram({ name, help, labelNames: ['route'], buckets, registers });
  return {
    registry,
    pages: {
      count: counter('keydesk_pages_total', 'Requests on PORT but forms, by route and outcome.', [
        ...['route', 'outcome'],
      ]),
      seconds: seconds('keydesk_page_seconds', 'From the head of such a request to its end.'),
    },
    actions: {
      count: counter('keydesk_actions_total', 'Forms sent to pages, by route and outcome.', [
        ...['route', 'outcome'],
      ]),
      seconds: seconds('keydesk_action_seconds', 'From the head of a sent form to its end.'),
    },
    signIns: counter('keydesk_sign_ins_total', 'Attempts to sign in, by step and outcome.', [
      ...['step', 'outcome'],
    ]),
    notConfirmed: counter(
      'keydesk_changes_not_confirmed_total',
      'Changes of which nobody knows whether they are durable.',
      [],
    ),
    deliveries: counter(
      'keydesk_deliveries_total',
      'Attempts to deliver, by channel and outcome.',
      [...['channel', 'outcome']],
    ),
    jobs: {
      succeeded: gauge(
        'keydesk_job_last_success_timestamp_seconds',
        'When the job last succeeded.',
        ['job'],
      ),
      seconds: gauge('keydesk_job_duration_seconds', 'How long its latest run took.', ['job']),
      failures: counter('keydesk_job_failures_total', 'Failed runs, by job.', ['job']),
    },
    pool: gauge('keydesk_page_pool_connections', 'Connections of pages and jobs, by state.', [
      'state',
    ]),
    poolWaiting: gauge('keydesk_page_pool_waiting', 'Queries waiting for such a connection.'),
    head: gauge('keydesk_audit_head', 'The number of the newest audit event.'),
    queued: gauge('keydesk_deliveries_queued', 'Messages waiting for delivery or another attempt.'),
  };
}
