import { mintSecret } from '@/lib/keys/secret/secret';
import { times } from '../helpers/times';
import { underLoad } from './helpers/load';
import { say } from './helpers/say';
import { useInstance } from './helpers/use-instance';

jest.setTimeout(180_000);

const scene = useInstance();

test('a secret revoked by one instance is refused by another from the next call, even under load', async () => {
  const bob = await scene.database.addUser('bob');
  const service = (await scene.database.addKey(bob, { scopes: ['keydesk:verify'] })).secret;
  const busy = (await scene.database.addKey(bob)).secret;
  /** The control: the same request through a cache of verdicts. */
  const remembered = new Map<string, string | undefined>();
  const askWithMemory = async (secret: string) => {
    if (!remembered.has(secret)) {
      remembered.set(secret, (await scene.instance.verify(service, secret)).code);
    }
    return remembered.get(secret);
  };
  let stale = 0;
  let staleWithCache = 0;
  const stop = underLoad(16, async () => {
    await scene.instance.verify(service, busy);
  });
  for (let round = 0; round < times(500, 8); round++) {
    const key = await scene.database.addKey(bob, {}, mintSecret('kd'));
    expect(await askWithMemory(key.secret)).toBe('VALID');
    expect((await scene.instance.verify(service, key.secret)).code).toBe('VALID');
    // Keeps asking, so that an answer from before the change may still be in progress.
    const late = Promise.all([1, 2, 3].map(() => scene.instance.verify(service, key.secret)));
    await scene.database.sql(
      round % 2
        ? 'update api_key set active = false where id = $1'
        : 'update api_key set deleted_at = now() where id = $1',
      [key.id],
    );
    const after = await Promise.all(
      [1, 2, 3, 4].map(() => scene.instance.verify(service, key.secret)),
    );
    stale += after.filter(({ code }) => code === 'VALID').length;
    if ((await askWithMemory(key.secret)) === 'VALID') staleWithCache += 1;
    await late;
  }
  await stop();
  say(`${times(500, 8)} revocations: ${stale} stale, ${staleWithCache} with a cache`);
  expect(stale).toBe(0);
  expect(staleWithCache).toBeGreaterThan(0);
});
