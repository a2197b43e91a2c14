import { resolve } from 'node:path';
import { freePort } from '../free-port';

export type Environment = Record<string, string | undefined>;

export function hasOwnDatabase(environment: Environment): boolean {
  return Boolean(environment.DATABASE_URL || environment.DATABASE_URL_FILE);
}

/**
 * The given environment with two things settled first: paths are absolute, because the server runs in a
 * folder of its own, and a port of 0 becomes a free port.
 */
export async function readEnvironment(given: Environment): Promise<Environment> {
  const environment = { ...given };
  for (const [name, value] of Object.entries(given)) {
    if (/^[A-Z_]+_FILE$/.test(name) && value) environment[name] = resolve(value);
  }
  if (given.PORT === '0') environment.PORT = String(await freePort(given.HOST || '127.0.0.1'));
  return environment;
}

/**
 * Defaults beside the embedded database, for this machine only. A given password gets the default name of the
 * first administrator. Without one, a password is generated later.
 */
export function withEmbeddedDefaults(environment: Environment): Environment {
  const { ADMIN_USERNAME, ADMIN_PASSWORD, ADMIN_PASSWORD_FILE } = environment;
  const passwordGiven = ADMIN_PASSWORD || ADMIN_PASSWORD_FILE;
  return {
    ...environment,
    DATABASE_URL: 'postgresql://keydesk@127.0.0.1/keydesk',
    MIGRATE_DATABASE_URL: undefined,
    MIGRATE_DATABASE_URL_FILE: undefined,
    HOST: environment.HOST || '127.0.0.1',
    AUTH_URL: environment.AUTH_URL || `http://localhost:${environment.PORT || 3000}`,
    ADMIN_USERNAME: passwordGiven ? ADMIN_USERNAME || 'admin' : undefined,
  };
}
