/** A prefix and 43 digits of base62: of the checksum it may lack. Client-safe. */
const shape = '[a-z0-9]{2,12}_[0-9A-Za-z]{43}';
/** Random bytes in base64url, as cursors and OAuth codes are, hold the shape by chance, but not at a boundary. */
const wholeKey = new RegExp(`(?<![\\w-])${shape}[0-9A-Za-z]*`);
const joinedKey = new RegExp(`${shape}[0-9A-Za-z]*`);
const onlyKey = new RegExp(`^${shape}[0-9A-Za-z]*$`);

/** For the attribute `pattern`, so that browsers refuse to send such a field without scripts as well. */
export const noWholeKey = `(?!.*${shape}).*`;

export const wholeKeySentence = 'This looks like a whole key.';

/** What the address of a page says instead of a whole key that was in it. */
export const tookKey = 'taken-out';

/** What a paste may put between its letters: blanks, and what nobody sees. */
const between = /[\s\p{Cf}]+/gu;
/** What random digits have, and words of a sentence have not: many letters of either case, and a digit. */
const isMixed = (text: string) =>
  /[0-9]/.test(text) && /(?:[A-Z].*){6}/.test(text) && /(?:[a-z].*){6}/.test(text);

/**
 * The whole key in a text, as it would be looked up; null where there is none. A key belongs into no
 * address: addresses are kept by browsers, proxies and logs.
 */
export function findWholeKey(text: string): string | null {
  const joined = text.replace(between, '');
  const [whole] = wholeKey.exec(text) ?? [];
  if (whole) return onlyKey.test(joined) ? joined : whole;
  if (joined === text) return null;
  const [found] = joinedKey.exec(joined) ?? [];
  return found && isMixed(found.slice(found.indexOf('_')).slice(0, 50)) ? found : null;
}

export const holdsWholeKey = (text: string) => findWholeKey(text) !== null;

/** The same path without the parameters that hold a whole key, by name or value. */
export function withoutWholeKeys(path: string): string {
  const url = new URL(path, 'http://path');
  const all = [...url.searchParams];
  const kept = all.filter((pair) => !pair.some(holdsWholeKey));
  // As it came, where there is nothing to take out.
  if (kept.length === all.length) return path;
  const query = new URLSearchParams(kept).toString();
  return query ? `${url.pathname}?${query}` : url.pathname;
}
