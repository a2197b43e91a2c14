import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyVersion, parseKeyVersions } from '@/lib/settings/key-versions';
import { codeOf, Sentence } from '../sentence';
import { hasOwnDatabase } from '../start/environment';

/** Read at load time, because a borrowed embedded database sets DATABASE_URL later. */
const isEmbedded = !hasOwnDatabase(process.env);

/**
 * The versions in `KEY_PEPPER` or `KEY_ENCRYPTION_KEY`, newest first. With the embedded database, this may be
 * the generated secret in `DATA_DIR`. It never generates one.
 */
export function readKeyVersions(
  name: 'KEY_PEPPER' | 'KEY_ENCRYPTION_KEY',
): [KeyVersion, ...KeyVersion[]] {
  const text = process.env[name] || (isEmbedded ? generatedSecret(name) : '');
  const [newest, ...older] = text ? (parseKeyVersions(text) ?? []) : [];
  if (newest) return [newest, ...older];
  throw new Sentence(
    text
      ? `${name} must be <number>:<base64 of 32 random bytes>, several separated by commas, newest first.`
      : `${name} is not set. Set it as the desk has it.`,
  );
}

function generatedSecret(name: string): string {
  const path = join(process.env.DATA_DIR || '.data', name.toLowerCase().replaceAll('_', '-'));
  try {
    return readFileSync(path, 'utf8').trim();
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw new Sentence(`${path} cannot be read (${codeOf(error)}).`);
  }
}
