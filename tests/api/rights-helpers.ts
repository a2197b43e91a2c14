import { randomUUID } from 'node:crypto';
import { pagePool } from '@/db/client';
import { endpoints } from '@/lib/api/endpoints';
import { closeVerification } from '@/lib/verify/verification';
import { fresh, makeService } from '../helpers/api';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { untilLockAwaited } from '../helpers/waiting';

/** A service with every scope, made before each test. */
export let all: Awaited<ReturnType<typeof makeService>>;

export function useServices(): void {
  useTestDatabase();
  beforeEach(async () => {
    useSettings();
    await emptyDatabase();
    await insertPeople();
    await insertUser('grace');
    all = await makeService();
  });
  afterAll(() => closeVerification());
}

export const query = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const readKey = {
  keys: async () => (await makeKey(ada, 'grace')).id,
  users: () => insertUser(`u-${randomUUID().slice(0, 8)}`),
};

/** A request that each endpoint would do for a service with the right scope. */
export async function requestTo(path: string) {
  const kind = path.startsWith('/users') ? 'users' : 'keys';
  const id = path.includes('{id}') ? await readKey[kind]() : '';
  const bodies: Record<string, object> = {
    'POST /keys': { user: 'grace' },
    'POST /keys/{id}/transfer': { user: all.owner },
    'POST /users': { username: `new-${randomUUID().slice(0, 8)}` },
    'POST /leaks': { secrets: ['a secret of nobody at all'] },
  };
  return {
    target: path.replace('{id}', id),
    sent: (method: string) => ({
      headers: { ...fresh(), 'if-match': '*' },
      body: method === 'GET' ? undefined : (bodies[`${method} ${path}`] ?? {}),
    }),
    id,
  };
}

export const writing = endpoints.filter(
  ({ method, path }) => method !== 'GET' && path.includes('/keys'),
);
export const losses: [string, string][] = [
  ['lost the scope', `update api_key set scopes = '{}' where id = $1`],
  ['was switched off', 'update api_key set active = false where id = $1'],
  ['was deleted', 'update api_key set deleted_at = now() where id = $1'],
  ['has expired', `update api_key set expires_at = now() where id = $1`],
  [
    'has a disabled owner',
    'update directory_user set active = false where id = (select owner_id from api_key where id = $1)',
  ],
];

/** The service loses its right by `loss` while its request waits for a lock, and then changes nothing. */
export async function expectNoChange(loss: string, method: string, path: string): Promise<void> {
  const service = await makeService();
  const { target, sent, id } = await requestTo(path);
  if (path.endsWith('/restore')) await all.call('DELETE', target.replace('/restore', ''));
  const holder = await pagePool().connect();
  const held = id ? `api_key where id = '${id}'` : `directory_user where username = 'grace'`;
  await holder.query(`begin; select from ${held} for update`);
  const asked = service.call(method, target, sent(method));
  await untilLockAwaited();
  await query(loss, [service.id]);
  await holder.query('commit');
  holder.release();
  expect((await asked).status).toBe(403);
  expect(await countRows('audit_event', `actor_id = '${service.id}' and outcome = 'done'`)).toBe(0);
}
