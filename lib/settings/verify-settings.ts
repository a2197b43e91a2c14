import 'server-only';
import type { z } from 'zod';
import { secretNames } from './secret-files';
import { settingsSchema } from './settings-schema';

/** What verification needs. A process that serves it alone gets nothing that could sign, seal or sign in. */
export const verifySettingsSchema = settingsSchema.pick({
  ROLE: true,
  DATABASE_URL: true,
  LOOKUP_DATABASE_URL: true,
  HOST: true,
  VERIFY_PORT: true,
  VERIFY_URL: true,
  METRICS_TOKEN: true,
  KEY_PEPPER: true,
  KEY_PREFIX: true,
  TRUSTED_PROXIES: true,
  LOG_LEVEL: true,
});

export type VerifySettings = z.infer<typeof verifySettingsSchema>;

type Environment = Record<string, string | undefined>;

const isNeeded = (name: string) => name in verifySettingsSchema.shape;

/** The part of the environment that verification may read. */
export function onlyForVerification(environment: Environment): Environment {
  const own = Object.entries(environment).filter(([name]) => isNeeded(name.replace(/_FILE$/, '')));
  return Object.fromEntries(own);
}

/** The names of secrets that were given to a process without a use for them. */
export function needlessSecrets(environment: Environment): string[] {
  return secretNames.filter(
    (name) => !isNeeded(name) && (environment[name] || environment[`${name}_FILE`]),
  );
}
