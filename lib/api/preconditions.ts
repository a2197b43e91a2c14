import 'server-only';
import { ProblemError } from './api-problem';

/** A list of entity tags (RFC 9110, 8.8.3). Weak tags are read and never match strongly. */
const tagList = /^\s*(?:W\/)?"[\x21\x23-\x7e]*"(?:\s*,\s*(?:W\/)?"[\x21\x23-\x7e]*")*\s*$/;
const tags = /(W\/)?"([\x21\x23-\x7e]*)"/g;

export const quoted = (tag: string) => `"${tag}"`;

/**
 * The condition of `If-Match`; undefined without one. `*` means any record that exists.
 *
 * @throws ProblemError if it is malformed, or missing though `required`
 */
export function readIfMatch(
  headers: Headers,
  { required = false } = {},
): ((tag: string) => boolean) | undefined {
  const text = headers.get('if-match');
  if (text === null) {
    if (required) throw new ProblemError('precondition-required');
    return undefined;
  }
  if (text.trim() === '*') return () => true;
  const wanted = parse(text, 'If-Match');
  return (tag) => wanted.some(({ weak, value }) => !weak && value === tag);
}

/** Whether `If-None-Match` says that the caller has the record as it is. */
export function isKnown(headers: Headers, tag: string): boolean {
  const text = headers.get('if-none-match');
  if (text === null) return false;
  return text.trim() === '*' || parse(text, 'If-None-Match').some(({ value }) => value === tag);
}

function parse(text: string, name: string) {
  if (!tagList.test(text)) {
    throw new ProblemError('malformed', `${name} is a list of quoted entity tags, or *.`);
  }
  return [...text.matchAll(tags)].map(([, weak, value]) => ({ weak: weak !== undefined, value }));
}
