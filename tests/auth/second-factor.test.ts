import { pagePool } from '@/db/client';
import { pendingMinutes } from '@/lib/auth/pending-sign-in';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { freeFailures } from '@/lib/auth/sign-in-throttle';
import { signInWithCode } from '@/lib/auth/sign-in-with-code';
import { findSessionOwner } from '@/lib/sessions/session';
import { codeNow, givePassword, giveSecondFactor, password } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, otto } from '../helpers/people';
import { times } from '../helpers/times';

const visit = { address: '192.0.2.1', userAgent: 'Jest' };
let recoveryCodes: string[];

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await givePassword(ada);
  recoveryCodes = await giveSecondFactor(ada);
});

async function pending(): Promise<string> {
  await pagePool().query('delete from sign_in_failure');
  const result = await signInWithPassword({ username: 'ada', password }, visit);
  if (result.outcome !== 'code-needed') throw new Error(result.outcome);
  return result.pendingId;
}

const withCode = (pendingId: string, code: string) => signInWithCode({ pendingId, code }, visit);

describe('signing in with a second factor', () => {
  it('the password alone begins no session', async () => {
    const pendingId = await pending();
    expect(await countRows('session')).toBe(0);
    expect(await findSessionOwner(pendingId, '')).toBeNull();
    const { rows } = await pagePool().query('select p::text as row from pending_sign_in p');
    expect(rows.map(({ row }) => row).join()).not.toContain(pendingId);
  });

  it.each([-1, 0, 1])('takes the code of step %d', async (step) => {
    const result = await withCode(await pending(), await codeNow(step));
    if (result.outcome !== 'signed-in') throw new Error(result.outcome);
    expect(await findSessionOwner(result.sessionId, '')).toMatchObject({ username: 'ada' });
  });

  it.each(['000000', '', '-', 'aaaaaaaaaaaaaaaa', '\u0000', '1'.repeat(50)])(
    'refuses %j',
    async (code) => {
      expect(await withCode(await pending(), code)).toEqual({ outcome: 'refused' });
    },
  );

  it('refuses codes two steps away', async () => {
    for (const step of [-2, 3]) {
      expect(await withCode(await pending(), await codeNow(step))).toEqual({ outcome: 'refused' });
    }
  });

  it('accepts each code once, even in ten parallel requests', async () => {
    const code = await codeNow();
    const browsers: string[] = [];
    for (let browser = 0; browser < 10; browser++) browsers.push(await pending());
    const results: string[] = [];
    // The throttle would refuse the sixth attempt from one address. Here only the code decides.
    const addresses = browsers.map((id, at) =>
      signInWithCode({ pendingId: id, code }, { ...visit, address: `192.0.2.${at}` }),
    );
    results.push(...(await Promise.all(addresses)).map(({ outcome }) => outcome));
    expect(results.filter((outcome) => outcome === 'signed-in')).toHaveLength(1);
    expect(await withCode(await pending(), code)).toEqual({ outcome: 'refused' });
    expect(
      await withCode(
        await pending(),
        ` ${(await codeNow(1)).slice(0, 3)} ${(await codeNow(1)).slice(3)}`,
      ),
    ).toMatchObject({ outcome: 'signed-in' });
  });

  it('accepts each recovery code once, in any spelling', async () => {
    const [first = '', second = ''] = recoveryCodes;
    expect(await withCode(await pending(), first)).toMatchObject({ outcome: 'signed-in' });
    expect(await withCode(await pending(), first)).toEqual({ outcome: 'refused' });
    const typed = ` ${second.replaceAll('-', ' ').toUpperCase()} `;
    expect(await withCode(await pending(), typed)).toMatchObject({ outcome: 'signed-in' });
    expect(await countRows('recovery_code')).toBe(8);
  });

  it('accepts a recovery code once in two parallel requests, repeatedly', async () => {
    for (let round = 0; round < times(20, 6); round++) {
      await pagePool().query('delete from recovery_code; delete from second_factor');
      const [code = ''] = await giveSecondFactor(ada);
      const both = [await pending(), await pending()];
      const results = await Promise.all(both.map((id) => withCode(id, code)));
      expect(results.filter(({ outcome }) => outcome === 'signed-in')).toHaveLength(1);
    }
  });

  it('recovery codes are stored as MACs that a dump cannot test', async () => {
    const { rows } = await pagePool().query('select c::text as row from recovery_code c');
    const dump = rows.map(({ row }) => row).join();
    for (const code of recoveryCodes) {
      expect(code).toMatch(/^([a-z2-7]{4}-){3}[a-z2-7]{4}$/);
      expect(dump).not.toContain(code);
    }
    expect(recoveryCodes).toHaveLength(10);
  });

  it('codes are throttled like passwords, and a right password gives no further guesses', async () => {
    const pendingId = await pending();
    for (let failure = 1; failure < freeFailures; failure++) {
      expect(await withCode(pendingId, '000000')).toEqual({ outcome: 'refused' });
    }
    expect(await withCode(pendingId, await codeNow())).toMatchObject({ outcome: 'wait' });
    expect(await signInWithPassword({ username: 'ada', password }, visit)).toMatchObject({
      outcome: 'wait',
    });
  });

  it('the code must come within five minutes, once, and for a user who may still sign in', async () => {
    const late = await pending();
    await pagePool().query(
      `update pending_sign_in set created_at = now() - interval '${pendingMinutes} minutes'`,
    );
    expect(await withCode(late, await codeNow())).toEqual({ outcome: 'over' });
    const used = await pending();
    expect(await withCode(used, await codeNow())).toMatchObject({ outcome: 'signed-in' });
    expect(await withCode(used, await codeNow(1))).toEqual({ outcome: 'over' });
    const disabled = await pending();
    await pagePool().query(`update directory_user set active = false where username = 'ada'`);
    expect(await withCode(disabled, await codeNow(1))).toEqual({ outcome: 'over' });
    expect(await withCode('made up', await codeNow(1))).toEqual({ outcome: 'over' });
  });

  it('is audited when the code is entered, done or refused', async () => {
    const pendingId = await pending();
    await withCode(pendingId, '000000');
    await withCode(pendingId, recoveryCodes[0] ?? '');
    const { rows } = await pagePool().query(
      `select actor, outcome, details from audit_event where action = 'session.sign-in' order by seq`,
    );
    expect(rows).toEqual([
      { actor: 'ada', outcome: 'refused', details: { step: 'second factor' } },
      { actor: 'ada', outcome: 'done', details: { by: 'password and recovery code' } },
    ]);
  });

  it('a sealed secret copied to another user does not open', async () => {
    await givePassword(otto);
    await pagePool().query(
      `insert into second_factor (user_id, sealed_secret, confirmed_at)
       select $1, sealed_secret, now() from second_factor`,
      [otto.id],
    );
    const result = await signInWithPassword({ username: 'otto', password }, visit);
    if (result.outcome !== 'code-needed') throw new Error(result.outcome);
    expect(await withCode(result.pendingId, await codeNow())).toEqual({ outcome: 'refused' });
  });
});
