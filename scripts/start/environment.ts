import { resolve } from 'node:path';
import { freePort } from '../free-port';

export type Environment = Record<string, string | undefined>;

export function hasOwnDatabase(environment: Environment): boolean {
  return Boolean(environment.DATABASE_URL || environment.DATABASE_URL_FILE);
}

/**
 * What we were given, with the two things that must be settled before others rest on them: paths (the
 * server works in a folder of its own) and the port, where any will do.
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
 * What needs no setting beside the embedded database: this machine only. The name of the first
 * administrator goes with a given password; a password of our own is made later.
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
