import 'server-only';
import { type Answer, problem } from '@/lib/http/problem';
import { isMetricsToken } from './metrics-token';
import type { Verification } from './verification';
import { bearerToken, type VerifyRequest } from './verify-request';

/** `GET /metrics`: what this thread counts, and then what the thread of the pages counts. */
export async function answerMetrics(
  context: Verification,
  { headers }: VerifyRequest,
): Promise<Answer> {
  const { metricsToken } = context;
  if (metricsToken && !isMetricsToken(bearerToken(headers.authorization), metricsToken)) {
    return problem(401, 'Send METRICS_TOKEN as Bearer.', { 'WWW-Authenticate': 'Bearer' });
  }
  const { contentType, text } = context.metrics;
  const body = (await text()) + (await context.pageMetrics());
  return { status: 200, headers: { 'Content-Type': contentType }, body };
}
