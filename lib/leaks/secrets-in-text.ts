import 'server-only';
import { isWellFormedSecret } from '@/lib/keys/secret/secret';

/** The part of a secret after its prefix, as in docs/leak-scanning. */
const body = /_[0-9A-Za-z]{49}(?![0-9A-Za-z])/g;
const prefixLengths = [2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12];

/**
 * Finds secrets in our format, with any prefix, because an installation may have changed its own. The
 * checksum includes the prefix and thereby tells where it begins.
 */
export function secretsInText(text: string): string[] {
  return [...text.matchAll(body)].flatMap(({ index, 0: rest }) => {
    const found = prefixLengths
      .filter((length) => length <= index)
      .map((length) => text.slice(index - length, index) + rest)
      .find(isWellFormedSecret);
    return found === undefined ? [] : [found];
  });
}
