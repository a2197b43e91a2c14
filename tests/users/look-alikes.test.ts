import fc from 'fast-check';
import { v7 as uuidv7 } from 'uuid';
import { createUserAction } from '@/app/(desk)/users/actions';
import { database, pagePool } from '@/db/client';
import { addAdministrator } from '@/lib/auth/one-time-password';
import { usernameText } from '@/lib/forms/text-input';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { findByUsername } from '@/lib/users/find-user';
import { importUsers } from '@/lib/users/import/import-users';
import { parseUserCsv } from '@/lib/users/import/parse-user-csv';
import { findVerdicts, stageImport } from '@/lib/users/import/stage-import';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { redirectOf, send, signInAs } from '../helpers/sign-in';
import { times } from '../helpers/times';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const facts = { displayName: '', email: '', active: true };
const add = (username: string, lookalike?: string, id = uuidv7()) =>
  createUser(otto, { id, username, ...facts, lookalike });
const created = { outcome: 'created' };

async function folded(names: string[]): Promise<{ name: string; key: string; again: string }[]> {
  const { rows } = await pagePool().query(
    `select name, username_key(name) as key, fold_name(fold_name(name)) = fold_name(name) as again
     from unnest($1::text[]) with ordinality as typed (name, n) order by n`,
    [names],
  );
  return rows;
}

describe('names that nobody can tell apart are equal', () => {
  test.each([
    ['Straße', 'STRASSE'],
    ['ΝΙΚΟΣ', 'νικος'],
    ['νικοσ', 'Νικος'],
    ['ﬁnn', 'FINN'],
    ['ａｄａ.l', 'ADA.L'],
    ['grace hopper', 'Grace \u3000 Hopper'],
    ['a\u034fnn\ufe0f', 'ann'],
    ['ann\u2800', 'ann'],
    ['İpek', 'i\u0307pek'],
    ['აბ', 'ᲐᲑ'],
    ['ﾀﾛｳ', 'タロウ'],
  ])('%s and %s', async (first, second) => {
    expect(await add(first)).toEqual(created);
    expect(await add(second)).toEqual({ outcome: 'exists', username: first });
    expect(await findByUsername(database(), second)).toMatchObject({ username: first });
    expect((await makeKey(otto, second)).username).toBe(first);
  });

  test.each([
    ['eva', 'éva'],
    ['ann b', 'annb'],
    ['ann', 'anna'],
    ['n2', 'n3'],
  ])('but %s and %s differ', async (first, second) => {
    expect(await add(first)).toEqual(created);
    expect(await add(second)).toEqual(created);
  });

  test.each(['\u3164', '\u2800', 'ᅟ\ufe0f'])('a name of nothing visible (%j) is none', (name) => {
    expect(usernameText.safeParse(name).error?.issues[0]?.message).toBe(
      'Use at least one character that can be seen.',
    );
  });

  test('every spelling of a name folds to the same key, and folding it again changes nothing', async () => {
    const noise = fc.constantFrom('\u200b', '\u00ad', '\ufe0f', '\u034f', '\u2060', '\u{e0041}');
    const letter = fc.oneof(
      fc.constantFrom(...'abizßſσςΣİıﬁǅéᾳΐŉև用\u0307\u0345\u0301Ⅸ½'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    const spelled = fc.array(fc.tuple(letter, noise, fc.nat(4)), { minLength: 1, maxLength: 12 });
    const respell = ([text, unseen, how]: [string, string, number]) =>
      [text, text + unseen, text.normalize('NFD'), text.normalize('NFC') + unseen, unseen + text][
        how
      ];
    await fc.assert(
      fc.asyncProperty(fc.array(spelled, { minLength: 50, maxLength: 50 }), async (all) => {
        // Every name needs a visible character.
        const spell = (letters: string[]) => `n${letters.join('')}`.replaceAll('\0', '');
        const plain = all.map((letters) => spell(letters.map(([text]) => text)));
        const other = all.map((letters) => ` ${spell(letters.map((one) => respell(one) ?? ''))}\t`);
        const one = await folded(plain);
        const two = await folded(other);
        expect(one.every(({ again }) => again)).toBe(true);
        for (const [at, { name, key }] of one.entries()) {
          expect([name, two[at]?.key]).toEqual([name, key]);
        }
      }),
      { numRuns: times(200, 6) },
    );
  });

  test('upper and lower case of every letter are equal, except for the dotless i', async () => {
    const letters = Array.from({ length: 0x1e944 }, (_, code) => code)
      .filter((code) => code !== 0x131 && /\p{L}/u.test(String.fromCodePoint(code)))
      .map((code) => String.fromCodePoint(code))
      .filter((text) => text.toUpperCase().toLowerCase() !== text.toUpperCase());
    const [upper, lower] = await Promise.all(
      [
        letters.map((text) => text.toUpperCase()),
        letters.map((text) => text.toUpperCase().toLowerCase()),
      ].map(folded),
    );
    const apart = letters.filter((_, at) => upper?.[at]?.key !== lower?.[at]?.key);
    expect(apart).toEqual([]);
    expect(letters.length).toBeGreaterThan(1_000);
  });
});

describe('a name that looks like another', () => {
  const cyrillic = '\u0430da';
  const warned = { outcome: 'lookalike', username: 'ada' };

  test.each([cyrillic, '\u0410\u0501\u0410', 'd\u03bfn', 'ɑda'])(
    '%s is taken only after a warning',
    async (name) => {
      await insertUser('don');
      expect(await add(name)).toMatchObject({ outcome: 'lookalike' });
      expect(await add(name, 'another')).toMatchObject({ outcome: 'lookalike' });
      expect(await add(name, name)).toEqual(created);
      expect(await add(name, name)).toMatchObject({ outcome: 'exists' });
    },
  );

  test('causes a warning in both directions, and between scripts', async () => {
    await insertUser('\u0441\u043e\u0440');
    expect(await add('cop')).toMatchObject({ username: '\u0441\u043e\u0440' });
    expect(await add('\u0441\u03bfp')).toMatchObject({ username: '\u0441\u043e\u0440' });
    expect(await add('\u0441\u043e\u0440\u0430')).toEqual(created);
  });

  test('dotted and dotless i differ, but look alike', async () => {
    await insertUser('isparta');
    expect(await add('ısparta')).toMatchObject({ outcome: 'lookalike', username: 'isparta' });
    expect(await add('ısparta', 'ısparta')).toEqual(created);
  });

  test('causes a warning for administrators and for renamed users too', async () => {
    expect(await addAdministrator(ada, { username: cyrillic, role: 'viewer' })).toEqual(warned);
    const id = await insertUser('grace');
    const renamed = { id, username: cyrillic, ...facts };
    expect(await changeUser(otto, renamed)).toEqual(warned);
    expect(await changeUser(otto, { ...renamed, lookalike: cyrillic })).toMatchObject({
      outcome: 'changed',
    });
    // A user who has the name keeps it without a confirmation each time.
    expect(await changeUser(otto, { ...renamed, email: 'a@example.org' })).toMatchObject({
      outcome: 'changed',
    });
  });

  test('is reported at its field, and confirmed by sending the same form again', async () => {
    await signInAs(otto);
    const form = { id: uuidv7(), username: cyrillic, displayName: '', email: '', active: 'yes' };
    expect(await send(createUserAction, form)).toMatchObject({
      status: 'invalid',
      fieldErrors: {
        username: 'This looks like the name of user "ada". If it is somebody else, save anyway.',
      },
      values: { username: cyrillic, lookalike: cyrillic },
    });
    const answer = send(createUserAction, { ...form, lookalike: cyrillic });
    expect(await redirectOf(answer)).toBe(`/users?added=${form.id}`);
  });

  test('is reported line by line in a file, which is imported only after a confirmation', async () => {
    const text = `username\n${cyrillic}\ngrace\ngr\u0430ce\nADA\n`;
    const parsed = parseUserCsv(new TextEncoder().encode(text));
    const lines = 'lines' in parsed ? parsed.lines : [];
    const verdicts = await findVerdicts(otto, await stageImport(otto, lines));
    expect(verdicts?.map(({ problem, warning }) => problem ?? warning)).toEqual([
      'Looks like the name of user "ada".',
      null,
      'Looks like "grace" of line 3.',
      'Already exists as "ada".',
    ]);
    const id = await stageImport(otto, lines.slice(0, 3));
    expect(await importUsers(otto, id)).toEqual({ outcome: 'has-lookalikes' });
    expect(await importUsers(otto, id, 1)).toEqual({ outcome: 'has-lookalikes' });
    expect(await importUsers(otto, id, 2)).toEqual({ outcome: 'imported' });
  });
});
