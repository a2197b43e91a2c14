import { randomUUID } from 'node:crypto';
import { revealKeyAction } from '@/app/(desk)/keys/[id]/reveal/actions';
import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
import { deleteKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { findKey } from '@/lib/keys/find-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { revealKey, revealsPerHour } from '@/lib/keys/reveal-key';
import { deleteUser } from '@/lib/users/delete-user';
import { emptyDatabase, tamper, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { redirectOf, send, signInAs } from '../helpers/sign-in';

useTestDatabase();
beforeAll(async () => {
  await query('create sequence forged_number start 1000000');
});
beforeEach(async () => {
  useSettings();
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
});

const ask = (id: string, more = {}) => ({
  id,
  reason: 'the nightly job lost it',
  requestId: randomUUID(),
  ...more,
});
const sealed = (id: string) => countRows('sealed_secret', `key_id = '${id}'`);
const makeRevealable = () => makeKey(otto, 'grace', { revealable: true });
const query = (text: string, values: unknown[] = []) => pagePool().query(text, values);

describe('revealing', () => {
  it('shows the secret to an admin, with the reason in the audit', async () => {
    const { id, secret } = await makeRevealable();
    expect(await revealKey(ada, ask(id))).toEqual({
      outcome: 'revealed',
      username: 'grace',
      secret,
    });
    const { rows } = await query(
      `select actor, outcome, details from audit_event where action = 'key.reveal'`,
    );
    expect(rows).toEqual([
      {
        actor: 'ada',
        outcome: 'done',
        details: { reason: 'the nightly job lost it', requestId: expect.any(String) },
      },
    ]);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(8, 40));
  });

  it('is refused to operators and viewers', async () => {
    const { id } = await makeRevealable();
    for (const person of [otto, vera]) {
      await expect(revealKey(person, ask(id))).rejects.toThrow(ForbiddenError);
    }
    expect(await auditOf(id)).toEqual(['key.create']);
  });

  it('needs a recent re-authentication', async () => {
    const { id } = await makeRevealable();
    const later = { ...ada, reauthenticated: false };
    await expect(revealKey(later, ask(id))).rejects.toThrow(ReauthenticationRequiredError);
    expect(await auditOf(id)).toEqual(['key.create']);
  });

  it.each([`role = 'operator'`, 'active = false'])(
    'is not for who lost the right since the request began: %s',
    async (change) => {
      const { id } = await makeRevealable();
      await query(`update directory_user set ${change} where id = $1`, [ada.id]);
      await expect(revealKey(ada, ask(id))).rejects.toThrow(ForbiddenError);
    },
  );

  it('happens once for a form that is sent twice', async () => {
    const { id } = await makeRevealable();
    const request = ask(id);
    const outcomes = await Promise.all([revealKey(ada, request), revealKey(ada, request)]);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['repeated', 'revealed']);
    expect(await auditOf(id)).toEqual(['key.create', 'key.reveal']);
  });

  it('shows nothing of a deleted or unknown key, or one that is not revealable', async () => {
    const plain = await makeKey(otto, 'grace');
    const deleted = await makeRevealable();
    await deleteKey(otto, deleted.id);
    for (const id of [plain.id, deleted.id, randomUUID()]) {
      expect(await revealKey(ada, ask(id))).toEqual({ outcome: 'not-revealable' });
    }
  });
});

describe('at most 10 an hour', () => {
  it('is enforced for 20 parallel requests, with a clear message', async () => {
    const { id } = await makeRevealable();
    const results = await Promise.all(
      Array.from({ length: revealsPerHour * 2 }, () => revealKey(ada, ask(id))),
    );
    const tally = (outcome: string) => results.filter((one) => one.outcome === outcome).length;
    expect(tally('revealed')).toBe(revealsPerHour);
    expect(tally('too-many')).toBe(revealsPerHour);
    await signInAs(ada);
    const answer = await send(revealKeyAction, ask(id));
    expect(answer).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('10 secrets in the last hour'),
    });
    expect(await countRows('audit_event', `action = 'key.reveal' and outcome = 'refused'`)).toBe(
      revealsPerHour + 1,
    );
  });

  it('are counted for each administrator, for one hour', async () => {
    const { id } = await makeRevealable();
    await query(
      `insert into audit_event (seq, at, actor_id, actor, action, target_type, target, outcome, address)
       select nextval('forged_number'), now() - interval '59 minutes', $1, 'ada', 'key.reveal', 'key', '', 'done', ''
       from generate_series(1, $2)`,
      [ada.id, revealsPerHour],
    );
    expect((await revealKey(ada, ask(id))).outcome).toBe('too-many');
    await query(`update directory_user set role = 'admin' where id = $1`, [otto.id]);
    const promoted = { ...otto, role: 'admin' as const };
    expect((await revealKey(promoted, ask(id))).outcome).toBe('revealed');
    await tamper(`update audit_event set at = at - interval '2 minutes' where actor = 'ada'`);
    expect((await revealKey(ada, ask(id))).outcome).toBe('revealed');
  });

  it('would not be enforced without the lock', async () => {
    const careless = async () => {
      const { rows } = await query(`select count(*)::int as n from audit_event`);
      if (rows[0].n >= revealsPerHour) return false;
      await query(
        `insert into audit_event (seq, actor, action, target_type, target, outcome, address)
         values (nextval('forged_number'), 'ada', 'key.reveal', 'key', '', 'done', '')`,
      );
      return true;
    };
    const results = await Promise.all(Array.from({ length: revealsPerHour * 2 }, careless));
    expect(results.filter(Boolean).length).toBeGreaterThan(revealsPerHour);
  });
});

describe('the audit event', () => {
  it('comes first: if it cannot be written, no secret is returned', async () => {
    const { id, secret } = await makeRevealable();
    await signInAs(ada);
    await query(
      `alter table audit_event add constraint audit_is_full check (action <> 'key.reveal') not valid`,
    );
    try {
      const answer = await send(revealKeyAction, ask(id));
      expect(answer).toMatchObject({
        status: 'failed',
        message: expect.stringContaining('could not be recorded in the audit'),
      });
      expect(JSON.stringify(answer)).not.toContain(secret.slice(8, 40));
    } finally {
      await query('alter table audit_event drop constraint audit_is_full');
    }
  });

  it('comes first: it stays if opening fails afterwards', async () => {
    const { id } = await makeRevealable();
    await query(`update sealed_secret set ciphertext = ciphertext || '\\x00'`);
    expect(await revealKey(ada, ask(id))).toEqual({ outcome: 'damaged' });
    expect(await auditOf(id)).toEqual(['key.create', 'key.reveal']);
  });
});

describe('somebody who can write to the database', () => {
  it('cannot have one secret shown in the place of another', async () => {
    for (const columns of [
      ['ciphertext'],
      ['wrapped_key'],
      ['ciphertext', 'wrapped_key', 'kek_version'],
    ]) {
      const [one, other] = [await makeRevealable(), await makeRevealable()];
      await query(
        `update sealed_secret s set (${columns}) = row (${columns.map((name) => `t.${name}`)})
         from sealed_secret t
         where s.key_id = any($1) and t.key_id = any($1) and s.key_id <> t.key_id`,
        [[one.id, other.id]],
      );
      expect((await revealKey(ada, ask(one.id))).outcome).toBe('damaged');
      expect((await revealKey(ada, ask(other.id))).outcome).toBe('damaged');
      await tamper(`delete from audit_event where action = 'key.reveal'`);
    }
  });

  it('cannot give a key to another owner, or call an old envelope the new one', async () => {
    const { id } = await makeRevealable();
    await query('update api_key set owner_id = $2 where id = $1', [id, await insertUser('eve')]);
    expect((await revealKey(ada, ask(id))).outcome).toBe('damaged');
    const kept = await makeRevealable();
    await query('update api_key set secret_version = 2 where id = $1', [kept.id]);
    expect((await revealKey(ada, ask(kept.id))).outcome).toBe('damaged');
  });
});

describe('the choice', () => {
  it('is off unless made', async () => {
    const { id } = await makeKey(otto, 'grace');
    expect(await sealed(id)).toBe(0);
    expect(await findKey(vera, id)).toMatchObject({ revealable: false });
  });

  it('stays after a regenerate, for the new secret', async () => {
    const { id } = await makeRevealable();
    const result = await regenerateKey(otto, { id, version: 1 });
    if (result.outcome !== 'regenerated') throw new Error(result.outcome);
    expect(await sealed(id)).toBe(1);
    expect(await revealKey(ada, ask(id))).toMatchObject({ secret: result.secret });
    const plain = await makeKey(otto, 'grace');
    await regenerateKey(otto, { id: plain.id, version: 1 });
    expect(await sealed(plain.id)).toBe(0);
  });

  it('ends with the key, in the same transaction', async () => {
    const [one, other] = [await makeRevealable(), await makeRevealable()];
    await deleteKey(otto, one.id);
    expect(await sealed(one.id)).toBe(0);
    const { ownerId } = (await findKey(vera, other.id))!;
    await deleteUser(otto, { id: ownerId, keys: 1 });
    expect(await findKey(vera, other.id)).toBeNull();
    expect(await sealed(other.id)).toBe(0);
  });

  it('keeps the old envelope if the regenerate fails', async () => {
    const { id, secret } = await makeRevealable();
    await query('alter table audit_event rename to audit_event_away');
    await expect(regenerateKey(otto, { id, version: 1 })).rejects.toThrow();
    await query('alter table audit_event_away rename to audit_event');
    expect(await revealKey(ada, ask(id))).toMatchObject({ secret });
  });
});

describe('without KEY_ENCRYPTION_KEY', () => {
  it('no ciphertext is made, and existing ones are deleted with their secrets', async () => {
    const { id } = await makeRevealable();
    useSettings({ KEY_ENCRYPTION_KEY: '' });
    expect(await createKey(otto, keyRequest('grace', { revealable: true }))).toEqual({
      outcome: 'reveal-is-off',
    });
    expect((await revealKey(ada, ask(id))).outcome).toBe('not-revealable');
    await regenerateKey(otto, { id, version: 1 });
    expect(await countRows('sealed_secret')).toBe(0);
  });

  it('of the right version, the message names the wrong setting', async () => {
    const { id } = await makeRevealable();
    useSettings({ KEY_ENCRYPTION_KEY: '2:MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=' });
    expect((await revealKey(ada, ask(id))).outcome).toBe('key-missing');
  });
});

describe('the action', () => {
  it('answers an admin after a recent re-authentication, and asks others to re-authenticate', async () => {
    const { id, secret } = await makeRevealable();
    await signInAs(ada);
    expect(await send(revealKeyAction, ask(id))).toEqual({ status: 'done', data: { secret } });
    await query(`update session set proved_at = now() - interval '6 minutes'`);
    expect(await redirectOf(send(revealKeyAction, ask(id)))).toMatch(
      /^\/settings\/prove\?next=%2F/,
    );
    await signInAs(otto);
    expect((await send(revealKeyAction, ask(id))).status).toBe('failed');
  });

  it.each(['', '   ', 'x'.repeat(201), 'line\nbreak'])('wants a reason: %j', async (reason) => {
    const { id } = await makeRevealable();
    await signInAs(ada);
    expect(await send(revealKeyAction, ask(id, { reason }))).toMatchObject({
      status: 'invalid',
      fieldErrors: { reason: expect.any(String) },
    });
    expect(await auditOf(id)).toEqual(['key.create']);
  });
});
