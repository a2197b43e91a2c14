import 'server-only';
import { z } from 'zod';

/** A 32-byte key with the version number that stored values refer to. */
export type KeyVersion = { version: number; key: Buffer };

/** The 32 random bytes that a text encodes; null if it does not, or if they look like a placeholder. */
export const base64Key = (text: string) => {
  const key = Buffer.from(text, 'base64');
  const canonical = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return canonical && key.length === 32 && new Set(key).size > 4 ? key : null;
};

/** The versions in a setting such as `KEY_PEPPER`, newest first; null if it is malformed. */
export function parseKeyVersions(text: string): KeyVersion[] | null {
  const entries = text.split(',').map((entry) => /^\s*(\d{1,9}):(\S+)\s*$/.exec(entry));
  const versions = entries.map((entry) => {
    const key = entry?.[2] ? base64Key(entry[2]) : null;
    return key ? { version: Number(entry?.[1]), key } : null;
  });
  const good = versions.filter((version) => version !== null);
  const numbers = new Set(good.map(({ version }) => version));
  return good.length === versions.length && numbers.size === good.length ? good : null;
}

/** A setting of versioned keys, newest first. */
export const versionedKeys = (name: string) =>
  z.string(`is required: ${name}.`).transform((text, context): KeyVersion[] => {
    const good = parseKeyVersions(text);
    if (good) return good;
    context.addIssue({ code: 'custom', message: `must be ${name}.` });
    return z.NEVER;
  });

export const versionedForm =
  '<number>:<base64 of 32 random bytes>, several separated by commas, newest first, each number once';
