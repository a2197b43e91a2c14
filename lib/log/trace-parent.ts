const shape = /^(?!ff)[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}(-.*)?$/;
const longest = 512;
const isZero = (digits: string | undefined) => /^0+$/.test(digits ?? '');

/** The trace id of a `traceparent` (W3C Trace Context); undefined if it is not valid. */
export function traceIdOf(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header.length > longest) return undefined;
  const [, trace, parent, rest] = shape.exec(header) ?? [];
  if (isZero(trace) || isZero(parent)) return undefined;
  // Version 0 has exactly these four parts.
  if (rest !== undefined && header.startsWith('00')) return undefined;
  return trace;
}
