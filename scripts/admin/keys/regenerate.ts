import { z } from 'zod';
import { commandLine } from '@/lib/access/command-line';
import { keyDocumentOf } from '@/lib/api/key-document';
import { findKey } from '@/lib/keys/find-key';
import { overlapNames } from '@/lib/keys/overlap-choices';
import { type RegenerateKeyResult, regenerateKey } from '@/lib/keys/regenerate-key';
import { Sentence } from '../../sentence';
import { handOverFields, printHandOver, readWish } from './hand-over';
import { readOptions } from './options';
import { printJson, printSecret } from './print';
import { refusalOf } from './refusals';

const regenerateOptions = z.object({
  overlap: z.enum(overlapNames, `Use ${overlapNames.join(', ')}.`).default('now'),
  json: z.boolean(),
  ...handOverFields,
});

export function regenerateOne([id = '']: string[], given: object): () => Promise<void> {
  const { overlap, json, ...fields } = readOptions(regenerateOptions, given);
  const wish = readWish(fields);
  return async () => {
    const result = await regenerateKey(commandLine, { id, stops: overlap, handOver: wish });
    if (result.outcome === 'handed-over') return printWaiting(id, result, json);
    if (result.outcome !== 'regenerated') throw new Sentence(refusalOf(result));
    const { username, secret, oldStopsAt } = result;
    const key = await findKey(commandLine, id);
    if (json && key) return printJson({ ...keyDocumentOf(key), secret });
    const old = oldStopsAt ? `until ${oldStopsAt.toISOString()}` : 'no longer';
    printSecret(`Key ${id} of ${username} has a new secret. The old one works ${old}.`, secret);
  };
}

type HandedOver = Extract<RegenerateKeyResult, { outcome: 'handed-over' }>;

async function printWaiting(id: string, { handOver, username }: HandedOver, json: boolean) {
  const key = await findKey(commandLine, id);
  if (!key) throw new Sentence(refusalOf({ outcome: 'gone' }));
  const what = `A new secret of key ${id} of ${username} waits to be collected.`;
  await printHandOver(handOver, { json, key: keyDocumentOf(key), what });
}
