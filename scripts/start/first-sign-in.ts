import { randomInt } from 'node:crypto';
import type { Environment } from './environment';

const letters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

export function generatePassword(length = 24): string {
  return Array.from({ length }, () => letters[randomInt(letters.length)]).join('');
}

/** Makes the first administrator beside the embedded database, and prints the password. */
export async function offerFirstSignIn(environment: Environment, given: Environment) {
  if (environment.ADMIN_USERNAME) return;
  for (const [name, value] of Object.entries(environment)) {
    if (value !== undefined) process.env[name] = value;
  }
  delete process.env.ADMIN_USERNAME;
  const username = given.ADMIN_USERNAME || 'admin';
  const password = generatePassword();
  const { ensureFirstAdministrator } = await import('@/lib/auth/first-administrator');
  const { closeDatabase } = await import('@/db/client');
  const made = await ensureFirstAdministrator({ username, password });
  await closeDatabase();
  if (made) console.log(`Sign in as ${username} with the password ${password} (shown this once).`);
}
