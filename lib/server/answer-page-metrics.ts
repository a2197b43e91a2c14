import 'server-only';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { settings } from '@/lib/settings/settings';
import { isMetricsToken } from '@/lib/verify/metrics-token';
import { bearerToken } from '@/lib/verify/verify-request';
import { readPageMetrics } from './page-figures';

/**
 * `GET /metrics` on `PORT`, only where no listener of this process has them, and only with `METRICS_TOKEN`, because
 * anybody may reach this port.
 */
export async function answerPageMetrics(authorization: string | null): Promise<Response> {
  const { ROLE, METRICS_TOKEN } = settings();
  const headers = { 'Cache-Control': 'no-store' };
  if (ROLE !== 'pages' || METRICS_TOKEN === undefined) {
    return new Response('Not found\n', { status: 404, headers });
  }
  if (!isMetricsToken(bearerToken(authorization ?? undefined), METRICS_TOKEN)) {
    return new Response('Send METRICS_TOKEN as Bearer.\n', {
      status: 401,
      headers: { ...headers, 'WWW-Authenticate': 'Bearer' },
    });
  }
  const text = await readPageMetrics();
  return new Response(text, {
    headers: { ...headers, 'Content-Type': pageMetrics().registry.contentType },
  });
}
