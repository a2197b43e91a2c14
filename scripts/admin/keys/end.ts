import { z } from 'zod';
import { commandLine } from '@/lib/access/command-line';
import { keyDocumentOf } from '@/lib/api/key-document';
import { type ChangeKeyResult, deleteKey, switchKey } from '@/lib/keys/change-key';
import { findKey } from '@/lib/keys/find-key';
import { Sentence } from '../../sentence';
import { readOptions } from './options';
import { printJson, say } from './print';
import { refusalOf } from './refusals';

const deactivateOptions = z.object({ json: z.boolean() });
const deleteOptions = z.object({ confirm: z.string().default(''), json: z.boolean() });

export function deactivateAll(ids: string[], given: object): () => Promise<void> {
  const { json } = readOptions(deactivateOptions, given);
  return () =>
    endAll(ids, json, {
      end: (id) => switchKey(commandLine, { id, active: false }),
      done: 'was switched off.',
      show: async (id) => {
        const key = await findKey(commandLine, id);
        return key ? keyDocumentOf(key) : { id };
      },
    });
}

export function deleteAll(ids: string[], given: object): () => Promise<void> {
  const { confirm, json } = readOptions(deleteOptions, given);
  return () =>
    endAll(ids, json, {
      end: (id) => deleteKey(commandLine, id, confirm),
      done: 'was deleted.',
      show: async (id) => ({ id }),
    });
}

type Ending = {
  end: (id: string) => Promise<ChangeKeyResult | { outcome: 'undo-over' | 'changed-meanwhile' }>;
  done: string;
  show: (id: string) => Promise<unknown>;
};

/** Goes on after a refusal, because the others should end all the same. */
async function endAll(ids: string[], json: boolean, { end, done, show }: Ending): Promise<void> {
  const items: unknown[] = [];
  const refused: { id: string; reason: string }[] = [];
  for (const id of ids) {
    const result = await end(id);
    if (result.outcome === 'changed') {
      items.push(json ? await show(id) : id);
      if (!json) say(`Key ${id} of ${result.username} ${done}`);
    } else {
      refused.push({ id, reason: refusalOf(result) });
    }
  }
  if (json) printJson({ items, refused });
  if (refused.length > 0) {
    throw new Sentence(refused.map(({ id, reason }) => `Key ${id}: ${reason}`).join('\n'));
  }
}
