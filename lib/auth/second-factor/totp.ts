import 'server-only';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { encodeBase32 } from './base32';

/** RFC 6238 as every authenticator app knows it: SHA-1, six digits, thirty seconds. */
export const stepSeconds = 30;
const digits = 6;
/** Steps before and after the present one that count: clocks differ, and typing takes time. */
const tolerance = 1;

export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = mac.readUInt8(mac.length - 1) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose code this is, or null. Steps up to `lastStep` were used before, and their codes are
 * worth nothing any more.
 */
export function matchingStep(
  secret: Buffer,
  code: string,
  { now, lastStep }: { now: number; lastStep: number | null },
): number | null {
  for (let step = now - tolerance; step <= now + tolerance; step++) {
    if (step > (lastStep ?? -1) && isSame(totpCode(secret, step), code)) return step;
  }
  return null;
}

/** What the QR code says, in the form that authenticator apps read. */
export function otpauthAddress(secret: Buffer, account: string, issuer: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = new URLSearchParams({
    secret: encodeBase32(secret),
    issuer,
    algorithm: 'SHA1',
    digits: String(digits),
    period: String(stepSeconds),
  });
  // Some apps show a plus sign where a blank is meant.
  return `otpauth://totp/${label}?${query.toString().replaceAll('+', '%20')}`;
}

function isSame(one: string, other: string): boolean {
  const [first, second] = [Buffer.from(one), Buffer.from(other)];
  return first.length === second.length && timingSafeEqual(first, second);
}
