import { createHash } from 'node:crypto';
import type { Importer } from '@/lib/keys/import/importer';
import type { SecretFormat } from '@/lib/keys/import/read-secret';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { settings } from '@/lib/settings/settings';

/** The format in the settings of the tests. */
export function format(): SecretFormat {
  const [newest, ...older] = settings().KEY_PEPPER;
  if (!newest) throw new Error('The tests have no pepper.');
  return { peppers: [newest, ...older], prefix: 'kd' };
}

/** A file that arrives in parts, which begin and end anywhere. */
export async function* inParts(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

export const stage = (importer: Importer, text: string | Uint8Array, size = 65_536) =>
  stageKeys(importer, inParts(text, size), format());

/** Stages a file, and fails if it could not be read. */
export async function staged(importer: Importer, text: string): Promise<string> {
  const result = await stage(importer, text);
  if (result.outcome !== 'staged') throw new Error(result.problem);
  return result.id;
}

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
