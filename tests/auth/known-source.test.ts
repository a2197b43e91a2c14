import { database, pagePool } from '@/db/client';
import { findOwnFailures } from '@/lib/auth/own-failures';
import { signInWithPassword } from '@/lib/auth/sign-in';
import {
  failuresToTell,
  forgetOldFailures,
  freeFailures,
  mostFailures,
} from '@/lib/auth/sign-in-throttle';
import { signInWithCode } from '@/lib/auth/sign-in-with-code';
import { setRecipients } from '@/lib/notices/recipients';
import { codeNow, givePassword, giveSecondFactor, password } from '../helpers/accounts';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';

const office = '192.0.2.1';
const elsewhere = '203.0.113.7';
const query = (text: string) => pagePool().query(text);

useTestDatabase();
beforeEach(async () => {
  const url = process.env.DATABASE_URL ?? '';
  useSettings({ DATABASE_URL: url, SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'a@example.org' });
  await emptyDatabase();
  await insertPeople();
  for (const person of [ada, otto, vera]) await givePassword(person);
});

type Way = { word?: string; address?: string; browser?: string; username?: string };
const signIn = ({ username = 'ada', word = password, address = elsewhere, browser }: Way = {}) =>
  signInWithPassword(
    { username, password: word },
    { address, userAgent: '', browser: browser ?? null },
  );
const outcome = async (way: Way) => (await signIn(way)).outcome;

/** Other people fail to sign in as often as the account allows, each time from another address. */
async function strangersFail(times = mostFailures) {
  await signIn({ word: 'wrong', address: '198.51.100.1' });
  await query(`update sign_in_failure set failures = ${times - 1}, blocked_until = null
    where kept_until is null`);
  await signIn({ word: 'wrong', address: '198.51.100.2' });
}

describe('where an account has signed in before', () => {
  beforeEach(async () => {
    expect(await outcome({ address: office, browser: 'own browser' })).toBe('signed-in');
  });

  it.each([
    ['the same browser elsewhere', { browser: 'own browser' }],
    ['another browser at the same address', { address: office }],
  ])('%s can sign in, however often others fail', async (_where, way) => {
    await strangersFail();
    expect(await outcome({})).toBe('wait');
    expect(await outcome({ browser: 'another browser' })).toBe('wait');
    expect(await outcome(way)).toBe('signed-in');
    expect(await outcome({ address: '203.0.113.8' })).toBe('wait');
  });

  it('failures at the address of an office do not lock out its known browsers', async () => {
    for (let failure = 0; failure < freeFailures; failure++) {
      await signIn({ word: 'wrong', address: office });
    }
    expect(await outcome({ address: office })).toBe('wait');
    expect(await outcome({ address: office, browser: 'own browser' })).toBe('signed-in');
  });

  it('it is known for that account only', async () => {
    await query(`update sign_in_failure set failures = 0`);
    for (let failure = 0; failure < freeFailures; failure++) {
      await signIn({ username: 'otto', word: 'wrong', address: office, browser: 'own browser' });
    }
    expect(await outcome({ username: 'otto', browser: 'own browser' })).toBe('wait');
    expect(await outcome({ browser: 'own browser' })).toBe('signed-in');
  });

  it('guesses are limited there too, and lock nobody out elsewhere', async () => {
    const guess = () => outcome({ word: 'wrong', browser: 'own browser' });
    for (let failure = 0; failure < freeFailures; failure++) expect(await guess()).toBe('refused');
    expect(await guess()).toBe('wait');
    await query(`update sign_in_failure set failures = ${mostFailures}, blocked_until = null
      where failures = ${freeFailures}`);
    expect(await outcome({ browser: 'own browser' })).toBe('wait');
    expect(await outcome({})).toBe('signed-in');
  });

  it('it is forgotten after 90 days, not with the failures of a day', async () => {
    const age = (days: number) =>
      query(`update sign_in_failure set last_failure_at = last_failure_at - interval '${days} days',
        kept_until = kept_until - interval '${days} days'`);
    await age(89);
    await forgetOldFailures(database());
    expect(await countRows('sign_in_failure', 'kept_until > now()')).toBe(2);
    await age(1);
    await forgetOldFailures(database());
    expect(await countRows('sign_in_failure')).toBe(0);
  });

  it('the table does not show whose it is', async () => {
    const { rows } = await query('select f::text as row from sign_in_failure f');
    expect(JSON.stringify(rows)).not.toMatch(/ada|own browser|192\.0\.2/);
  });
});

it('a browser is known only after the whole sign-in, the second factor too', async () => {
  await giveSecondFactor(ada);
  const began = await signIn({ browser: 'own browser' });
  if (began.outcome !== 'code-needed') throw new Error(began.outcome);
  expect(await countRows('sign_in_failure', 'kept_until is not null')).toBe(0);
  const visit = { address: elsewhere, userAgent: '', browser: 'own browser' };
  const { pendingId } = began;
  const finished = await signInWithCode({ pendingId, code: await codeNow() }, visit);
  expect(finished.outcome).toBe('signed-in');
  await strangersFail();
  expect(await outcome({ browser: 'own browser' })).toBe('code-needed');
});

describe('the owner of an account for which others fail to sign in', () => {
  const deliveries = async () =>
    (
      await query(`select d.recipient, m.body from notice_delivery d
        join notice_message m on m.id = d.message_id order by m.created_at`)
    ).rows;

  it('gets a mail after many failures, and one a day', async () => {
    await query(`update directory_user set email = 'ada@example.org' where username = 'ada'`);
    await strangersFail(failuresToTell - 1);
    expect(await deliveries()).toEqual([]);
    await strangersFail(mostFailures);
    await query(`delete from sign_in_failure where kept_until is null`);
    await strangersFail(mostFailures);
    const sent = await deliveries();
    expect(sent.map(({ recipient }) => recipient)).toEqual(['ada@example.org']);
    expect(JSON.parse(sent[0].body)).toMatchObject({
      type: 'account.failed_sign_ins',
      data: {
        username: 'ada',
        lastAddress: '198.51.100.2',
        link: 'http://localhost:3000/settings/sessions',
      },
    });
    await query(`update sign_in_failure set kept_until = now() where kept_until is not null`);
    await query(`delete from sign_in_failure where kept_until is null`);
    await strangersFail(mostFailures);
    expect(await deliveries()).toHaveLength(2);
  });

  it('without an address, the recipients of notices get the mail', async () => {
    await setRecipients(ada, { recipients: ['desk@example.org'] });
    await strangersFail();
    expect(await deliveries()).toMatchObject([{ recipient: 'desk@example.org' }]);
  });

  it('sees it under Settings, but not after a few mistyped passwords', async () => {
    for (let failure = 1; failure <= 3; failure++) {
      await signIn({ username: 'otto', word: 'wrong' });
    }
    expect(await findOwnFailures(otto)).toBeNull();
    for (let failure = 1; failure <= 12; failure++) {
      await signIn({ word: 'wrong', address: `198.51.100.${failure}` });
      await query('update sign_in_failure set blocked_until = null');
    }
    expect(await findOwnFailures(ada)).toEqual({ count: 12, lastAddress: '198.51.100.12' });
    expect(await findOwnFailures(vera)).toBeNull();
  });

  it('for an unknown name, nothing is sent', async () => {
    for (let failure = 0; failure <= 1; failure++) {
      await signIn({ username: 'nobody', word: 'wrong', address: `198.51.100.${failure}` });
      await query(
        `update sign_in_failure set failures = ${mostFailures - 1}, blocked_until = null`,
      );
    }
    expect(await countRows('notice_message')).toBe(0);
  });
});
