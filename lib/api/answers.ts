import 'server-only';
import type { Answer } from '@/lib/http/problem';

/** A JSON answer of any status. */
export function jsonAnswer(
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  };
}

export const noContent: Answer = { status: 204, headers: {}, body: '' };
