import 'server-only';
import { bearerToken } from './verify-request';

/**
 * Reads the service key that an OAuth 2.0 client presents (RFC 6749, 2.3.1, and RFC 6750).
 *
 * @returns every possible spelling of that one secret, or `twice` if the client used two methods at once
 */
export function clientSecrets(
  authorization: string | undefined,
  form: URLSearchParams,
): readonly string[] | 'twice' {
  const posted = form.getAll('client_secret');
  if (posted.length > 1 || (posted.length > 0 && authorization !== undefined)) return 'twice';
  if (posted[0]) return [posted[0]];
  const bearer = bearerToken(authorization);
  return bearer === undefined ? basicPasswords(authorization) : [bearer];
}

/**
 * Reads the password of `Authorization: Basic` and ignores the name. The standard form-encodes it, but many
 * clients send it as it is.
 */
function basicPasswords(authorization: string | undefined): string[] {
  const encoded = /^Basic +(\S+) *$/i.exec(authorization ?? '')?.[1];
  if (!encoded) return [];
  const pair = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  if (colon < 0) return [];
  const raw = pair.slice(colon + 1);
  const decoded = formDecoded(raw);
  return decoded === null || decoded === raw ? [raw] : [decoded, raw];
}

function formDecoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
