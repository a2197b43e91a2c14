import { z } from 'zod';
import { commandLine } from '@/lib/access/command-line';
import { keyDocumentOf } from '@/lib/api/key-document';
import { findKey } from '@/lib/keys/find-key';
import { overlapNames } from '@/lib/keys/overlap-choices';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { Sentence } from '../../sentence';
import { readOptions } from './options';
import { printJson, printSecret } from './print';
import { refusalOf } from './refusals';

const regenerateOptions = z.object({
  overlap: z.enum(overlapNames, `Use ${overlapNames.join(', ')}.`).default('now'),
  json: z.boolean(),
});

export function regenerateOne([id = '']: string[], given: object): () => Promise<void> {
  const { overlap, json } = readOptions(regenerateOptions, given);
  return async () => {
    const result = await regenerateKey(commandLine, { id, stops: overlap });
    if (result.outcome !== 'regenerated') throw new Sentence(refusalOf(result));
    const { username, secret, oldStopsAt } = result;
    const key = await findKey(commandLine, id);
    if (json && key) return printJson({ ...keyDocumentOf(key), secret });
    const old = oldStopsAt ? `until ${oldStopsAt.toISOString()}` : 'no longer';
    printSecret(`Key ${id} of ${username} has a new secret. The old one works ${old}.`, secret);
  };
}
