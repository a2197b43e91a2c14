import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { changeRole } from '@/lib/auth/change-administrator';
import { switchKey } from '@/lib/keys/change-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { disableUser } from '@/lib/users/disable-user';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { times } from '../helpers/times';

const rounds = times(40, 3);

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

/**
 * A refusal after a lost right is accepted. So is a lock that exceeded its time limit, as after a deadlock
 * that is found late on a busy machine, because nothing was done. A deadlock itself is not.
 */
const settled = async (all: Promise<unknown>[]) => {
  for (const one of await Promise.allSettled(all)) {
    if (one.status === 'fulfilled' || one.reason instanceof ForbiddenError) continue;
    expect(one.reason).toMatchObject({ cause: { code: '55P03' } });
  }
};

/** Events of a person that were written after the one that took their right. */
async function lateEvents(id: string, loss: string): Promise<string[]> {
  const { rows } = await pagePool().query(
    `select action from audit_event where actor_id = $1
       and seq > (select max(seq) from audit_event where target_id = $1 and action = $2)`,
    [id, loss],
  );
  return rows.map(({ action }) => action);
}

it(`${rounds} times: a user disabled while they work on their own keys changes nothing afterwards`, async () => {
  for (let round = 0; round < rounds; round++) {
    const id = await insertUser(`bob-${round}`, { role: 'operator' });
    const bob = { ...otto, id, username: `bob-${round}` };
    const { id: key } = await makeKey(ada, bob.username);
    await settled([
      regenerateKey(bob, { id: key, version: 1 }),
      disableUser(ada, { id, keys: 1, keyAction: 'deactivate', to: '' }),
      switchKey(bob, { id: key, active: false }),
      makeKey(bob, bob.username).catch((error) => {
        if (error instanceof ForbiddenError || /disabled-user/.test(error.message)) return;
        throw error;
      }),
    ]);
    expect(await lateEvents(id, 'user.disable')).toEqual([]);
  }
}, 60_000);

it(`${rounds} times: two admins make keys for each other while one demotes the other`, async () => {
  for (let round = 0; round < rounds; round++) {
    const id = await insertUser(`rita-${round}`, { role: 'admin' });
    const rita = { ...ada, id, username: `rita-${round}` };
    await settled([
      makeKey(rita, 'ada'),
      makeKey(ada, rita.username),
      changeRole(ada, { id, role: 'viewer' }),
      makeKey(rita, 'ada'),
    ]);
    expect(await lateEvents(id, 'administrator.change-role')).toEqual([]);
  }
}, 60_000);
