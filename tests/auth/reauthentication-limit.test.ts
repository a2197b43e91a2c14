import { changePasswordAction, proveAction } from '@/app/(desk)/settings/actions';
import { removeSecondFactorAction } from '@/app/(desk)/settings/second-factor/actions';
import { mostFailures } from '@/lib/auth/reauthentication-limit';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { givePassword, giveSecondFactor, isLetIn, password } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople } from '../helpers/people';
import { redirectOf, send, signInAs } from '../helpers/sign-in';

const fresh = 'quite another long password';
const stranger = { address: '198.51.100.66', userAgent: 'a stranger' };

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await givePassword(ada);
});

const proves = (word = password) => send(proveAction, { password: word, next: '/audit' });
const signIn = (word: string, from = stranger) =>
  signInWithPassword({ username: 'ada', password: word }, from);

const asking = {
  prove: (word: string) => proves(word),
  'prove by code': (word: string) => send(proveAction, { code: word }),
  'change the password': (word: string) =>
    send(changePasswordAction, {
      ...{ currentPassword: word, newPassword: fresh, repeatedPassword: fresh },
    }),
  'remove the second factor': (word: string) => send(removeSecondFactorAction, { password: word }),
};

it('failed sign-ins of others do not delay a signed-in administrator', async () => {
  await signInAs(ada);
  for (let failure = 0; failure < 8; failure++) await signIn('wrong');
  expect((await signIn(password)).outcome).toBe('wait');
  expect(await redirectOf(proves())).toBe('/audit');
});

describe.each(Object.entries(asking))('%s', (_what, ask) => {
  beforeEach(() => giveSecondFactor(ada));

  it(`ends the session after ${mostFailures} wrong answers, with a message, and is audited`, async () => {
    const other = await signInAs(ada);
    const sessionId = await signInAs(ada);
    for (let failure = 1; failure < mostFailures; failure++) {
      expect(await ask('wrong')).toMatchObject({ status: 'invalid' });
    }
    expect(await redirectOf(ask('wrong'))).toMatch(/^\/login\?said=ended&next=/);
    expect(await Promise.all([sessionId, other].map(isLetIn))).toEqual([false, true]);
    expect(await countRows('audit_event', `action = 'session.end' and actor = 'ada'`)).toBe(1);
    expect(await redirectOf(ask(password))).toMatch(/^\/login/);
  });

  it('is not a failed sign-in: the owner can still sign in', async () => {
    await signInAs(ada);
    for (let failure = 1; failure < mostFailures; failure++) await ask('wrong');
    expect((await signIn(password)).outcome).toBe('code-needed');
  });
});

it('a right answer resets the count', async () => {
  await signInAs(ada);
  for (let round = 0; round < 2; round++) {
    for (let failure = 1; failure < mostFailures; failure++) await proves('wrong');
    expect(await redirectOf(proves())).toBe('/audit');
  }
});

it('parallel guesses do not outrun the count', async () => {
  const sessionId = await signInAs(ada);
  const guesses = Array.from({ length: 3 * mostFailures }, () => proves('wrong'));
  const answers = await Promise.allSettled(guesses);
  const told = answers.filter(({ status }) => status === 'fulfilled').length;
  expect(told).toBeLessThan(mostFailures);
  expect(await isLetIn(sessionId)).toBe(false);
  expect(await countRows('audit_event', `action = 'session.end'`)).toBe(1);
});
