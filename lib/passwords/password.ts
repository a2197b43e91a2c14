import 'server-only';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Hashes running and waiting. Each costs 19 MiB and some 10 ms, so a flood must not queue for ever. */
const maximumWaiting = 20;
let waiting = 0;

export class TooBusyError extends Error {}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

/**
 * Compares a password with its hash; without a hash (no such account) it takes the same time and says
 * no.
 *
 * @throws TooBusyError where more than 20 comparisons are already under way
 */
export async function isPassword(password: string, passwordHash: string | null): Promise<boolean> {
  if (waiting >= maximumWaiting) throw new TooBusyError('Too many sign-ins at once.');
  waiting += 1;
  try {
    const matches = await verify(passwordHash ?? (await decoyHash()), password.normalize('NFC'));
    return matches && passwordHash !== null;
  } finally {
    waiting -= 1;
  }
}

let decoy: Promise<string> | undefined;

function decoyHash(): Promise<string> {
  decoy ??= hashPassword('the password of nobody');
  return decoy;
}
