import { hash } from '@node-rs/argon2';
import { database, pagePool } from '@/db/client';
import { secondFactor } from '@/db/schema/second-factor';
import type { Administrator } from '@/lib/access/administrator';
import { replaceRecoveryCodes } from '@/lib/auth/second-factor/recovery-codes';
import { sealSecret } from '@/lib/auth/second-factor/sealed-secret';
import { totpCode } from '@/lib/auth/second-factor/totp';
import { findSessionOwner } from '@/lib/sessions/session';

export const password = 'correct horse battery staple';
const secret = Buffer.from('12345678901234567890');

const hashes = new Map<string, Promise<string>>();

/** Verifying a password costs what its hash has cost, and tests verify hundreds. */
const cheap = { memoryCost: 64, timeCost: 1, parallelism: 1 };

/** Hashes a password once for each test file, and cheaply. What measures time needs `hashPassword`. */
export function hashOnce(text = password): Promise<string> {
  const made = hashes.get(text) ?? hash(text.normalize('NFC'), cheap);
  hashes.set(text, made);
  return made;
}

/** Gives an administrator the password that all these tests use. */
export async function givePassword({ id }: Administrator, text = password): Promise<void> {
  await pagePool().query('update directory_user set password_hash = $2 where id = $1', [
    id,
    await hashOnce(text),
  ]);
}

/** Activates a second factor and returns its recovery codes. */
export async function giveSecondFactor({ id }: Administrator): Promise<string[]> {
  const sealedSecret = sealSecret(secret, id);
  await database()
    .insert(secondFactor)
    .values({ userId: id, sealedSecret, confirmedAt: new Date() });
  return replaceRecoveryCodes(database(), id);
}

/** The code of the app now, or some 30-second steps from now. */
export async function codeNow(steps = 0, of: Buffer = secret): Promise<string> {
  const { rows } = await pagePool().query(
    'select floor(extract(epoch from clock_timestamp()) / 30)::int as step',
  );
  return totpCode(of, rows[0].step + steps);
}

/** Whether a browser with this session id is signed in. */
export const isLetIn = async (sessionId: string) =>
  (await findSessionOwner(sessionId, '192.0.2.9')) !== null;

/** As if every session's last re-authentication were more than five minutes ago. */
export const forgetProofs = () =>
  pagePool().query(`update session set proved_at = now() - interval '5 minutes 1 second'`);
