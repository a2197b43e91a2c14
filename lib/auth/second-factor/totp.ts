import 'server-only';
import { Secret, TOTP } from 'otpauth';

/** RFC 6238 with the parameters that every authenticator app supports: SHA-1, six digits, thirty seconds. */
const parameters = { algorithm: 'SHA1', digits: 6, period: 30 };
/** Steps before and after the present one that are accepted, because clocks differ and typing takes time. */
const tolerance = 1;

export const stepSeconds = parameters.period;

/** The code of one step. A step is a number of thirty-second periods since 1970. */
export function totpCode(secret: Buffer, step: number): string {
  return totpOf(secret).generate({ timestamp: step * stepSeconds * 1_000 });
}

/** The step of this code, or null. Steps up to `lastStep` are used, and their codes are refused. */
export function matchingStep(
  secret: Buffer,
  code: string,
  { now, lastStep }: { now: number; lastStep: number | null },
): number | null {
  // The library throws if other kinds of digits take more bytes than characters.
  if (!/^[0-9]{6}$/.test(code)) return null;
  const timestamp = now * stepSeconds * 1_000;
  const distance = totpOf(secret).validate({ token: code, timestamp, window: tolerance });
  if (distance === null) return null;
  return now + distance > (lastStep ?? -1) ? now + distance : null;
}

/** The address in the QR code, in the form that authenticator apps read. */
export function otpauthAddress(secret: Buffer, account: string, issuer: string): string {
  return totpOf(secret, { issuer, label: account }).toString();
}

/** RFC 4648 without padding, which authenticator apps accept. */
export const encodeBase32 = (bytes: Uint8Array) => new Secret({ buffer: copyOf(bytes) }).base32;

function totpOf(secret: Buffer, names: { issuer?: string; label?: string } = {}): TOTP {
  return new TOTP({ ...names, ...parameters, secret: new Secret({ buffer: copyOf(secret) }) });
}

/** Copies the bytes, because a Buffer may be part of a larger one and the library would read all of that. */
const copyOf = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;
