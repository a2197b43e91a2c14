import 'server-only';
import type { Administrator } from '@/lib/access/administrator';
import { transferProblem } from '@/lib/http/transfer-busy';
import { settings } from '@/lib/settings/settings';
import { currentPepper } from '../secret/pepper';
import { stageKeys } from './stage-keys';

/** The dry run of a file that a browser uploads. */
export async function checkKeyFile(
  administrator: Administrator,
  body: ReadableStream<Uint8Array>,
): Promise<{ id: string } | { problem: string; status: 400 | 409 | 503 }> {
  const { KEY_PEPPER, KEY_PREFIX } = settings();
  const format = {
    peppers: [currentPepper(), ...KEY_PEPPER.slice(1)] as const,
    prefix: KEY_PREFIX,
  };
  try {
    const staged = await stageKeys(administrator, chunksOf(body), format);
    if (staged.outcome === 'bad-file') return { problem: staged.problem, status: 400 };
    return { id: staged.id };
  } catch (error) {
    const found = transferProblem(error);
    if (found) return found;
    throw error;
  }
}

/** The browser's types do not know that a stream is iterable. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
