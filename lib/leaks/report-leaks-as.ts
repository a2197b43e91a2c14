import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { stillMay } from '@/lib/access/still-may';
import type { Evidence, LeakedSecret } from './leaked-secret';
import { type LeakAnswer, reportLeak } from './report-leak';

/**
 * Takes a report from somebody who needs the right to report leaks, such as a service of the management API.
 *
 * @throws ForbiddenError as `stillMay`
 */
export async function reportLeaksAs(
  actor: Actor,
  leaked: readonly LeakedSecret[],
  evidence: Evidence,
): Promise<LeakAnswer> {
  authorize(actor, rights.reportLeaks);
  return reportLeak(actor, leaked, evidence, {
    check: (tx) => stillMay(tx, actor, rights.reportLeaks),
  });
}
