import { v7 as uuidv7 } from 'uuid';
import { usernameText } from '@/lib/forms/text-input';
import { createUser } from '@/lib/users/create-user';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { insertPeople, otto, vera } from '../helpers/people';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const add = (username: string, id = uuidv7()) =>
  createUser(otto, { id, username, displayName: '', email: '', active: true });

const refused = (text: string) => usernameText.safeParse(text).error?.issues[0]?.message;

describe('what a username may be', () => {
  test('64 characters are accepted, 65 are not, and emoji count as one', () => {
    expect(refused('x'.repeat(64))).toBeUndefined();
    expect(refused('x'.repeat(65))).toBe('Use at most 64 characters.');
    expect(refused('🦊'.repeat(64))).toBeUndefined();
  });

  test.each([
    ['NUL', 'a\0b'],
    ['a right-to-left mark', 'a\u200fb'],
    ['a right-to-left override', 'a\u202eb'],
    ['a newline inside', 'a\nb'],
    ['a zero-width space', 'a\u200bb'],
    ['a byte order mark inside', 'a\ufeffb'],
  ])('%s is refused', (_what, text) => {
    expect(refused(text)).toBe('Use printable characters only.');
  });

  test('outer blanks are removed, and blanks alone are refused', () => {
    expect(usernameText.parse('  ada \t')).toBe('ada');
    expect(refused(' \u00a0 ')).toBe('Enter a username.');
  });

  test('markup and quotes are ordinary text', () => {
    expect(usernameText.parse(`<b>O'Hara</b> "x"`)).toBe(`<b>O'Hara</b> "x"`);
  });

  test('two encodings of é are one name', () => {
    expect(usernameText.parse('e\u0301va')).toBe('\u00e9va');
  });
});

describe('names are unique ignoring case', () => {
  test.each([
    ['Grace', 'gRACE'],
    ['Éva', 'éVA'],
    ['ЖЕНЯ', 'женя'],
  ])('%s and %s are one', async (first, second) => {
    expect(await add(first)).toEqual({ outcome: 'created' });
    expect(await add(second)).toEqual({ outcome: 'exists', username: first });
  });

  test('the same form sent twice adds one user and says so both times', async () => {
    const id = uuidv7();
    expect(await add('grace', id)).toEqual({ outcome: 'created' });
    expect(await add('grace', id)).toEqual({ outcome: 'created' });
    expect(await add('Grace', uuidv7())).toEqual({ outcome: 'exists', username: 'grace' });
  });

  test('one of ten parallel requests adds the same name', async () => {
    const all = await Promise.all(Array.from({ length: 10 }, (_, i) => add(i % 2 ? 'G' : 'g')));
    expect(all.filter(({ outcome }) => outcome === 'created')).toHaveLength(1);
  });
});

test('a viewer cannot add users', async () => {
  const user = { id: uuidv7(), username: 'x', displayName: '', email: '', active: true };
  await expect(createUser(vera, user)).rejects.toThrow('This needs the role operator.');
});
