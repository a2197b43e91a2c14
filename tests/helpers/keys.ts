import { v4 as uuid } from 'uuid';
import { createKey } from '@/lib/keys/create-key';
import { createKeyInput } from '@/lib/keys/key-input';
import { ada } from './people';

/** Makes a key for a user through the front door; returns its id and secret. */
export async function makeKey(username: string): Promise<{ id: string; secret: string }> {
  const { after: _after, ...input } = createKeyInput.parse({
    requestId: uuid(),
    user: username,
    active: 'yes',
  });
  const result = await createKey(ada, input);
  if (result.outcome !== 'created') throw new Error(result.outcome);
  return { id: result.id, secret: result.secret };
}
