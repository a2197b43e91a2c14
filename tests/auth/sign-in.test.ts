import { database, pagePool } from '@/db/client';
import { systemActor } from '@/lib/audit/record-event';
import { resetPassword } from '@/lib/auth/administrator-accounts';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { forgetOldFailures, freeFailures, mostFailures } from '@/lib/auth/sign-in-throttle';
import { hashPassword } from '@/lib/passwords/password';
import { endSession, findSessionOwner } from '@/lib/sessions/session';
import { hashOnce } from '../helpers/accounts';
import { useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { insertUser } from '../helpers/people';

const password = 'correct horse battery staple';
const visit = { address: '192.0.2.1', userAgent: 'a test' };

useTestDatabase();
beforeAll(async () => {
  const passwordHash = await hashOnce(password);
  await insertUser('Ada', { role: 'admin', passwordHash });
  await insertUser('gone', { role: 'admin', passwordHash, active: false });
  await insertUser('plain');
});
beforeEach(() => pagePool().query('delete from sign_in_failure'));

const signIn = (username: string, word = password, address = visit.address) =>
  signInWithPassword({ username, password: word }, { ...visit, address });

async function signedIn(): Promise<string> {
  const result = await signIn('ada');
  if (result.outcome !== 'signed-in') throw new Error(result.outcome);
  return result.sessionId;
}

describe('signing in', () => {
  it('ignores case and outer blanks of the username, but not of the password', async () => {
    expect((await signIn(' aDA ')).outcome).toBe('signed-in');
    expect((await signIn('ada', `${password} `)).outcome).toBe('refused');
    expect((await signIn('ada', password.toUpperCase())).outcome).toBe('refused');
  });

  it.each(['nobody', 'gone', 'plain'])('refuses %s like a wrong password', async (username) => {
    expect(await signIn(username)).toEqual({ outcome: 'refused' });
  });

  it('is audited in both cases, without the typed name if it does not exist', async () => {
    await signIn('my secret password, in the wrong field');
    const { rows } = await pagePool().query(
      `select actor, outcome from audit_event where action = 'session.sign-in' order by seq desc limit 1`,
    );
    expect(rows).toEqual([{ actor: 'unknown', outcome: 'refused' }]);
    await signIn('ada');
    const { rows: later } = await pagePool().query(
      `select actor, outcome, address from audit_event order by seq desc limit 1`,
    );
    expect(later).toEqual([{ actor: 'Ada', outcome: 'done', address: '192.0.2.1' }]);
  });

  it('takes as long for an unknown name as for a wrong password', async () => {
    const giveHash = (hash: string) =>
      pagePool().query(`update directory_user set password_hash = $1 where username = 'Ada'`, [
        hash,
      ]);
    await giveHash(await hashPassword(password));
    const quickest = { ada: Number.POSITIVE_INFINITY, nobody: Number.POSITIVE_INFINITY };
    const gap = () => Math.abs(quickest.ada - quickest.nobody);
    // In milliseconds. A missing decoy hash would save about 30 each time. Other load only adds to a time, so
    // a busy machine needs more rounds to show the shortest time of both.
    const enough = 12;
    for (let round = 0; round < 10 || (round < 150 && gap() >= enough); round++) {
      for (const name of ['ada', 'nobody'] as const) {
        await pagePool().query('delete from sign_in_failure');
        const began = performance.now();
        await signIn(name, 'wrong');
        quickest[name] = Math.min(quickest[name], performance.now() - began);
      }
    }
    expect(gap()).toBeLessThan(enough);
    await giveHash(await hashOnce(password));
    // For a very busy machine, which needs all rounds.
  }, 120_000);
});

describe('after five failures', () => {
  it('there is a wait, which each further failure doubles', async () => {
    for (let failure = 0; failure < freeFailures; failure++) {
      expect((await signIn('ada', 'wrong')).outcome).toBe('refused');
    }
    const waits: number[] = [];
    for (let failure = 0; failure < 4; failure++) {
      const result = await signIn('ada');
      if (result.outcome !== 'wait') throw new Error(result.outcome);
      waits.push(result.seconds);
      await pagePool().query('update sign_in_failure set blocked_until = null');
      await signIn('ada', 'wrong');
    }
    expect(waits).toEqual([2, 4, 8, 16]);
  });

  it('another account from another address is not delayed', async () => {
    for (let failure = 0; failure < freeFailures; failure++) await signIn('nobody', 'wrong');
    expect((await signIn('ada')).outcome).toBe('wait');
    expect((await signIn('ada', password, '192.0.2.2')).outcome).toBe('signed-in');
  });

  it('an IPv6 network counts as one address', async () => {
    for (let failure = 0; failure < freeFailures; failure++) {
      await signIn('nobody', 'wrong', `2001:db8:1:2::${failure}`);
    }
    expect((await signIn('ada', password, '2001:db8:1:2:ffff::1')).outcome).toBe('wait');
    expect((await signIn('ada', password, '2001:db8:1:3::1')).outcome).toBe('signed-in');
  });

  it('a success resets the count', async () => {
    for (let failure = 0; failure < freeFailures - 1; failure++) await signIn('ada', 'wrong');
    expect((await signIn('ada')).outcome).toBe('signed-in');
    expect((await signIn('ada', 'wrong')).outcome).toBe('refused');
    expect((await signIn('ada')).outcome).toBe('signed-in');
  });

  it('parallel guesses do not outrun the count', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => signIn('ada', 'wrong')));
    expect(results.filter(({ outcome }) => outcome === 'refused').length).toBe(freeFailures);
  });
});

describe('a success resets', () => {
  const fail = (username: string) => signIn(username, 'wrong');

  it('the failures of the same account, in any spelling of its name', async () => {
    for (const spelling of ['ada', 'ADA', ' Ada ', 'aDa']) await fail(spelling);
    expect((await signIn('ada')).outcome).toBe('signed-in');
    for (const spelling of ['ada', 'ADA', ' Ada ', 'aDa']) await fail(spelling);
    expect((await signIn('ada')).outcome).toBe('signed-in');
  });

  it('no failures of other accounts at its address', async () => {
    for (let failure = 1; failure < freeFailures; failure++) await fail(`guess ${failure}`);
    expect((await signIn('ada')).outcome).toBe('signed-in');
    expect((await fail('one more')).outcome).toBe('refused');
    expect((await fail('too many')).outcome).toBe('wait');
  });
});

it.each(['straße', 'STRASSE', 'İpek', 'ΣΑΣ', 'ﬁn', 'é', 'e\u0301', ' 用户 '])(
  'spellings of %j find the same user and share one count',
  async (typed) => {
    const spellings = [
      typed,
      typed.toUpperCase(),
      typed.toLowerCase(),
      ` ${typed.normalize('NFD')}`,
      [...typed.replace('n', '\uff4e')].join('\u200b'),
    ];
    for (const [at, spelling] of spellings.entries()) {
      await signIn(spelling, 'wrong', `203.0.113.${at}`);
    }
    const { rows: counted } = await pagePool().query(
      'select failures from sign_in_failure order by failures desc',
    );
    // A row for the account, for each address, and for the account at each address.
    expect(counted).toHaveLength(1 + 2 * spellings.length);
    expect(counted[0]).toEqual({ failures: spellings.length });
  },
);

it('typed names cannot be tested against a dump, and are deleted after a day', async () => {
  await signIn('my secret password', 'wrong');
  const guesses = ['account:my secret password', 'my secret password'];
  for (const guess of guesses) {
    expect(await countRows('sign_in_failure', `subject_hash = sha256('${guess}')`)).toBe(0);
  }
  expect(await forgetOldFailures(database())).toBe(0);
  await pagePool().query(
    `update sign_in_failure set last_failure_at = now() - interval '24 hours 1 second'`,
  );
  expect(await forgetOldFailures(database())).toBe(3);
  expect(await countRows('sign_in_failure')).toBe(0);
});

describe('after a hundred failures in a row', () => {
  /** As if the account had failed this often, the last time this long ago. */
  async function failed(times: number, ago = '1 hour') {
    await signIn('ada', 'wrong', '198.51.100.1');
    await pagePool().query(
      `update sign_in_failure set failures = $1, blocked_until = null,
         last_failure_at = now() - $2::interval`,
      [times, ago],
    );
  }
  const reset = (word: string) => resetPassword(systemActor, { username: 'ada', password: word });

  it('the password is off, right or wrong, from anywhere, for a day', async () => {
    await failed(mostFailures);
    for (const [name, word, address] of [
      ['ada', password, '198.51.100.7'],
      ['ADA', 'wrong', '198.51.100.8'],
    ] as const) {
      const result = await signIn(name, word, address);
      if (result.outcome !== 'wait') throw new Error(result.outcome);
      expect(result.seconds).toBeGreaterThan(22 * 3_600);
      expect(result.seconds).toBeLessThanOrEqual(23 * 3_600);
    }
  });

  it('and no longer, so that nobody else can lock the account for good', async () => {
    await failed(mostFailures, '24 hours 1 second');
    expect((await signIn('ada', password, '198.51.100.7')).outcome).toBe('signed-in');
  });

  it('one failure fewer does not block it', async () => {
    await failed(mostFailures - 1);
    expect((await signIn('ada', password, '198.51.100.7')).outcome).toBe('signed-in');
  });

  it('a new password from an administrator unlocks the account', async () => {
    await failed(mostFailures);
    await reset(password);
    expect((await signIn('ada', password, '198.51.100.7')).outcome).toBe('signed-in');
  });
});

describe('a session', () => {
  it('is stored as a hash of its id', async () => {
    const id = await signedIn();
    const { rows } = await pagePool().query('select s::text from session s');
    expect(rows.map((row) => row.s).join()).not.toContain(id);
  });

  it('identifies its owner until it ends', async () => {
    const id = await signedIn();
    expect(await findSessionOwner(id, '192.0.2.7')).toMatchObject({
      username: 'Ada',
      role: 'admin',
      address: '192.0.2.7',
    });
    await endSession(database(), id);
    expect(await findSessionOwner(id, '192.0.2.7')).toBeNull();
  });

  it.each([
    [`update session set last_seen_at = now() - interval '30 minutes'`],
    [`update session set created_at = now() - interval '12 hours'`],
    [`update directory_user set active = false where username = 'Ada'`],
    [`update directory_user set role = null, password_hash = null where username = 'Ada'`],
  ])('is invalid after: %s', async (change) => {
    const id = await signedIn();
    expect(await findSessionOwner(id, '')).not.toBeNull();
    const client = await pagePool().connect();
    try {
      await client.query(change);
      expect(await findSessionOwner(id, '')).toBeNull();
    } finally {
      const passwordHash = await hashOnce(password);
      await client.query(
        `update directory_user set active = true, role = 'admin', password_hash = $1 where username = 'Ada'`,
        [passwordHash],
      );
      client.release();
    }
  });

  it('stays alive while it is used', async () => {
    const id = await signedIn();
    await pagePool().query(`update session set last_seen_at = now() - interval '29 minutes'`);
    await findSessionOwner(id, '');
    const { rows } = await pagePool().query(
      `select max(last_seen_at) > now() - interval '1 minute' as fresh from session`,
    );
    expect(rows[0].fresh).toBe(true);
  });
});
