import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { recoveryCode } from '@/db/schema/second-factor';
import { derivedKey } from '@/lib/crypto/derived-key';
import { encodeBase32 } from './totp';

export const recoveryCodeCount = 10;

/** Replaces all old codes by new ones, and returns them to be shown once. */
export async function replaceRecoveryCodes(tx: Queryable, userId: string): Promise<string[]> {
  // 80 bits each, in four groups of four that can be typed from paper.
  const codes = Array.from({ length: recoveryCodeCount }, () => encodeBase32(randomBytes(10)));
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  await tx.insert(recoveryCode).values(codes.map((code) => ({ userId, mac: codeMac(code) })));
  return codes.map((code) => code.replace(/.{4}(?=.)/g, '$&-').toLowerCase());
}

/** Uses up a code. Returns false if there is no such code. Of two parallel uses, the second finds no row. */
export async function takeRecoveryCode(tx: Queryable, userId: string, code: string) {
  const isThis = and(eq(recoveryCode.userId, userId), eq(recoveryCode.mac, codeMac(code)));
  const used = await tx.delete(recoveryCode).where(isThis).returning({ id: recoveryCode.userId });
  return used.length > 0;
}

function codeMac(code: string): Buffer {
  return createHmac('sha256', derivedKey('recovery code')).update(code).digest();
}
