import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { routeGroup } from './route-group';

/** Counts this request when it has ended. `told` has what the action noted, if it is one. */
export function countRequest(
  { method, url = '/' }: IncomingMessage,
  response: ServerResponse,
  told: { outcome?: string },
): void {
  const since = performance.now();
  const route = routeGroup(url);
  const isAction = method === 'POST' && isPage(route);
  response.once('close', () => {
    const { count, seconds } = isAction ? pageMetrics().actions : pageMetrics().pages;
    count.inc({ route, outcome: told.outcome ?? outcomeOf(response) });
    seconds.observe({ route }, (performance.now() - since) / 1_000);
  });
}

const withoutForms = new Set(['api', 'verification', 'health', 'assets', 'single-sign-on']);
const isPage = (route: string) => !withoutForms.has(route);

function outcomeOf({ writableFinished, statusCode }: ServerResponse): string {
  if (!writableFinished) return 'aborted';
  if (statusCode >= 500) return 'error';
  if (statusCode >= 400) return 'refused';
  return statusCode >= 300 && statusCode !== 304 ? 'redirect' : 'ok';
}
