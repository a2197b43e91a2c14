import { sessionLabels } from './session-labels';

/** Browsers by the word that only they and those below them in the list send. */
const browsers = [
  ['Edg/', 'Edge'],
  ['OPR/', 'Opera'],
  ['Firefox/', 'Firefox'],
  ['Chrome/', 'Chrome'],
  ['Safari/', 'Safari'],
] as const;
const systems = [
  ['Android', 'Android'],
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Windows', 'Windows'],
  ['Mac OS X', 'macOS'],
  ['Linux', 'Linux'],
] as const;

/** What somebody would call the browser of this `User-Agent`. */
export function browserName(userAgent: string): string {
  const named = (words: typeof browsers | typeof systems) =>
    words.find(([word]) => userAgent.includes(word))?.[1];
  const [browser, system] = [named(browsers), named(systems)];
  if (!browser) return userAgent.slice(0, 60) || sessionLabels.unknown;
  return system ? sessionLabels.on(browser, system) : browser;
}
