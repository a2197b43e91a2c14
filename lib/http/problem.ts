import 'server-only';
import { STATUS_CODES } from 'node:http';

/** An HTTP answer before the verify listener or a route handler writes it. */
export type Answer = { status: number; headers: Record<string, string>; body: string };

export function json(body: unknown): Answer {
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  };
}

const problemType = 'application/problem+json';

/** A problem document (RFC 9457). The detail is a sentence for the people who read the caller's log. */
export function problem(
  status: number,
  detail: string,
  headers: Record<string, string> = {},
  more: Record<string, unknown> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': problemType, ...headers },
    body: JSON.stringify({
      type: 'about:blank',
      title: STATUS_CODES[status],
      status,
      detail,
      ...more,
    }),
  };
}

/** The same answer. A problem also names its request, so that the caller's log leads to ours. */
export function withRequestId(answer: Answer, requestId: string): Answer {
  const { headers, body } = answer;
  if (headers['Content-Type'] !== problemType) return answer;
  return { ...answer, body: `${body.slice(0, -1)},"requestId":${JSON.stringify(requestId)}}` };
}
