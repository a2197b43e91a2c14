import 'server-only';
import { readFileSync } from 'node:fs';

/** Settings that hold a secret and may also be given as the path of a file. */
export const secretNames = [
  'DATABASE_URL',
  'MIGRATE_DATABASE_URL',
  'LOOKUP_DATABASE_URL',
  'AUTH_SECRET',
  'KEY_PEPPER',
  'AUDIT_KEY',
  'KEY_ENCRYPTION_KEY',
  'ADMIN_PASSWORD',
  'OIDC_CLIENT_SECRET',
  'SMTP_URL',
  'METRICS_TOKEN',
  // Not secret, but long.
  'GITHUB_SCANNING_KEYS',
] as const;

type Environment = Record<string, string | undefined>;

/**
 * Reads each `<NAME>_FILE` into `<NAME>`. A secret given both ways is an error, because it is unclear which
 * one counts.
 *
 * @returns the problems found, each naming its setting and never its value
 */
export function loadSecretFiles(environment: Environment): string[] {
  return secretNames.flatMap((name) => {
    const path = environment[`${name}_FILE`];
    if (!path) return [];
    if (environment[name]) return [`${name} and ${name}_FILE are both set: keep one.`];
    try {
      environment[name] = readFileSync(path, 'utf8').replace(/\r?\n$/, '');
      delete environment[`${name}_FILE`];
      return [];
    } catch {
      return [`${name}_FILE must be the path of a readable file.`];
    }
  });
}
