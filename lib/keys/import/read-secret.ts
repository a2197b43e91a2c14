import 'server-only';
import { createHash } from 'node:crypto';
import type { KeyVersion } from '@/lib/settings/key-versions';
import {
  foreignHint,
  importedMac,
  longestForeign,
  macsUnder,
  noHint,
  secretKind,
  shortestForeign,
} from '../secret/imported-secret';
import { storedSecret } from '../secret/secret';

/** How this installation makes and stores secrets. */
export type SecretFormat = { peppers: readonly [KeyVersion, ...KeyVersion[]]; prefix: string };

/** What is stored of a line's secret. */
export type KeptSecret = {
  mac: Buffer;
  olderMacs: Buffer[];
  secretPrefix: string;
  secretFirst: string;
  secretLast: string;
};

/** Converts the secret of a line, clear or hashed, into what is stored of it. */
export function readSecret(
  secret: string,
  sha256: string,
  format: SecretFormat,
): KeptSecret | { problem: string } {
  if (secret !== '' && sha256 !== '') return { problem: 'Give secret or sha256, not both.' };
  if (sha256 !== '') return readHash(sha256, format);
  if (secret === '') return { problem: 'secret: Give the secret, or its SHA-256 as sha256.' };
  const kind = secretKind(secret, format.prefix);
  if (kind === null) return { problem: `secret: ${whyNoSecret(secret, format)}` };
  const [mac, ...olderMacs] = macsUnder(secret, kind, format.peppers) as [Buffer, ...Buffer[]];
  if (kind === 'foreign') return { mac, olderMacs, ...foreignHint(secret) };
  const { secretPrefix, secretFirst, secretLast } = storedSecret(secret, format.peppers[0]);
  return { mac, olderMacs, secretPrefix, secretFirst, secretLast };
}

function readHash(sha256: string, { peppers }: SecretFormat): KeptSecret | { problem: string } {
  if (!/^[0-9a-f]{64}$/i.test(sha256)) {
    return { problem: 'sha256: Write the SHA-256 as 64 hexadecimal digits.' };
  }
  const hash = sha256.toLowerCase();
  if (hash === hashOfNothing) return { problem: 'sha256: This is the hash of an empty text.' };
  const macs = peppers.map((pepper) => importedMac(hash, pepper));
  const [mac, ...olderMacs] = macs as [Buffer, ...Buffer[]];
  return { mac, olderMacs, ...noHint };
}

const hashOfNothing = createHash('sha256').digest('hex');

/** The reason never repeats the secret. */
function whyNoSecret(secret: string, { prefix }: SecretFormat): string {
  if (secret.startsWith(`${prefix}_`)) {
    return `It begins with "${prefix}_" like a key of Keydesk, but its checksum is wrong: it is mistyped or cut off.`;
  }
  if (secret.length < shortestForeign) {
    return `Too short: under ${shortestForeign} characters a secret can be guessed.`;
  }
  if (secret.length > longestForeign) return `Too long: at most ${longestForeign} characters.`;
  return 'Only printable ASCII without blanks can be sent as a key.';
}
