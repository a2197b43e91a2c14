import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Answer, problem } from '@/lib/http/problem';
import type { Verification } from './verification';
import { bearerToken, type VerifyRequest } from './verify-request';

/** `GET /metrics`: what this thread counts, and then what the thread of the pages counts. */
export async function answerMetrics(
  context: Verification,
  { headers }: VerifyRequest,
): Promise<Answer> {
  if (!maySeeMetrics(context, bearerToken(headers.authorization))) {
    return problem(401, 'Send METRICS_TOKEN as Bearer.', { 'WWW-Authenticate': 'Bearer' });
  }
  const { contentType, text } = context.metrics;
  const body = (await text()) + (await context.pageMetrics());
  return { status: 200, headers: { 'Content-Type': contentType }, body };
}

/** Compares digests, because they have the same length whatever was sent. */
function maySeeMetrics({ metricsToken }: Verification, token: string | undefined): boolean {
  if (metricsToken === undefined) return true;
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return token !== undefined && timingSafeEqual(digest(token), digest(metricsToken));
}
