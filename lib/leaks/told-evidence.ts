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

/** Whether a text holds one of the reported secrets, or anything that looks like a key. */
export function holdsSecret(text: string, secrets: Iterable<string>): boolean {
  const texts = [text, decoded(text)];
  if (texts.some((one) => findWholeKey(one) !== null)) return true;
  for (const secret of secrets) {
    if (secret.length >= shortestHidden && texts.some((one) => one.includes(secret))) return true;
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
export function toldSource(source: string, secrets: Iterable<string>): string {
  const line = oneLine(source, longestSource);
  return line === '' || holdsSecret(source, secrets) ? 'unnamed' : line;
}

/** The address as it is stored; null if there is none, or if it holds a secret. */
export function toldUrl(url: string | null | undefined, secrets: Iterable<string>): string | null {
  const line = oneLine(url ?? '', longestUrl);
  return line === '' || holdsSecret(url ?? '', secrets) ? null : line;
}
