import 'server-only';
import { log } from '@/lib/log/log';
import { noteOutcome } from '@/lib/log/request-id';
import { pageMetrics } from '@/lib/metrics/page-metrics';

/** Tells the operator of a change that takes effect unless the server is lost before its standby has it. */
export function tellOfNotConfirmed(administratorId?: string): void {
  noteOutcome('unknown');
  pageMetrics().notConfirmed.inc();
  log.error('change not confirmed', { administratorId, outcome: 'unknown' });
}
