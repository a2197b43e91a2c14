import 'server-only';
import { findWholeKey } from '@/lib/forms/whole-key';

const longestSource = 100;
const longestUrl = 1_000;
/** Shorter texts occur in addresses by chance. */
const shortestHidden = 6;

/** Keeps a text on one line, without characters that PostgreSQL refuses or that reorder others. */
function oneLine(text: string, longest: number): string {
  const line = text.replace(/[\p{C}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return [...line].slice(0, longest).join('').trim();
}

/** The reported secrets by their first characters, so that a thousand places are searched in one pass each. */
export type SecretIndex = ReadonlyMap<string, string[]>;

export function indexSecrets(secrets: Iterable<string>): SecretIndex {
  const index = new Map<string, string[]>();
  for (const secret of secrets) {
    if (secret.length < shortestHidden) continue;
    const first = secret.slice(0, shortestHidden);
    index.set(first, [...(index.get(first) ?? []), secret]);
  }
  return index;
}

/** Whether a text holds one of the reported secrets, or anything that looks like a key. */
function holdsSecret(text: string, secrets: SecretIndex): boolean {
  return [...new Set([text, decoded(text)])].some(
    (one) => findWholeKey(one) !== null || holdsIndexed(one, secrets),
  );
}

function holdsIndexed(text: string, secrets: SecretIndex): boolean {
  for (let at = 0; at + shortestHidden <= text.length; at++) {
    const candidates = secrets.get(text.slice(at, at + shortestHidden));
    if (candidates?.some((secret) => text.startsWith(secret, at))) return true;
  }
  return false;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The source as it is stored. A source that holds a secret is replaced, because everybody sees it. */
export function toldSource(source: string, secrets: SecretIndex): string {
  const line = oneLine(source, longestSource);
  return line === '' || holdsSecret(source, secrets) ? 'unnamed' : line;
}

/** The address as it is stored; null if there is none, or if it holds a secret. */
export function toldUrl(url: string | null | undefined, secrets: SecretIndex): string | null {
  const line = oneLine(url ?? '', longestUrl);
  return line === '' || holdsSecret(url ?? '', secrets) ? null : line;
}
