import 'server-only';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's first choice for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/**
 * Most hashes that run or wait. Each takes 19 MiB and about 10 ms, so a flood must not queue without limit.
 */
const maximumWaiting = 20;
let waiting = 0;

export class TooBusyError extends Error {}

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'), cost);
}

/**
 * Compares a password with its hash. Without a hash (no such account) it takes the same time and returns
 * false.
 *
 * @throws TooBusyError if 20 comparisons are already running or waiting
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
