import { changeKeyAction, regenerateKeyAction } from '@/app/(desk)/keys/actions';
import { createKeyAction } from '@/app/(desk)/keys/new/actions';
import { pagePool } from '@/db/client';
import { changeKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { findKey } from '@/lib/keys/find-key';
import { changeKeyInput, createKeyInput } from '@/lib/keys/key-input';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { send, signInAs } from '../helpers/sign-in';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

const plain = ['reports:read', 'reports:write'];
const scopesOf = async (id: string) => (await findKey(vera, id))?.scopes;
const change = (id: string, scopes?: string[], more = {}) => ({
  id,
  name: '',
  active: true,
  ...(scopes ? { scopes } : {}),
  ...more,
});

describe('the typed text', () => {
  const typed = (scopes: string) =>
    createKeyInput.safeParse({
      requestId: keyRequest('grace').requestId,
      user: 'grace',
      active: 'yes',
      scopes,
    });

  it('is a list separated by blanks, each name once', () => {
    expect(typed('  b a\tb\n c ').data?.scopes).toEqual(['b', 'a', 'c']);
    expect(typed('').data?.scopes).toEqual([]);
  });

  it.each(['"quoted"', 'back\\slash', 'läsa', 'a'.repeat(65), 'ok \u0000'])(
    'is refused at the field: %j',
    (scopes) => {
      const [issue] = typed(scopes).error?.issues ?? [];
      expect(issue).toMatchObject({ path: ['scopes'] });
      expect(issue?.message).toContain('cannot be a scope');
    },
  );

  it('is at most 50 names', () => {
    const names = (count: number) => Array.from({ length: count }, (_, n) => `s${n}`).join(' ');
    expect(typed(names(50)).success).toBe(true);
    expect(typed(names(51)).error?.issues[0]?.message).toBe('Use at most 50 scopes.');
  });

  it('may be omitted when a key is changed', () => {
    const id = keyRequest('grace').requestId;
    expect(changeKeyInput.parse({ id, active: 'yes', name: '' })).not.toHaveProperty('scopes');
  });
});

describe('scopes of one’s own', () => {
  it('can be granted and changed by operators, with from and to in the audit', async () => {
    const { id } = await makeKey(otto, 'grace', { scopes: plain });
    expect(await scopesOf(id)).toEqual(plain);
    expect((await changeKey(otto, change(id, ['reports:read']))).outcome).toBe('changed');
    expect(await scopesOf(id)).toEqual(['reports:read']);
    const { rows } = await pagePool().query(
      'select details from audit_event where target_id = $1 order by seq',
      [id],
    );
    expect(rows[0].details.scopes).toEqual(plain);
    expect(rows[1].details).toEqual({
      scopes: { from: 'reports:read reports:write', to: 'reports:read' },
    });
  });

  it('stay, without an event, if they are not sent or sent unchanged', async () => {
    const { id } = await makeKey(otto, 'grace', { scopes: plain });
    await changeKey(otto, change(id));
    await changeKey(otto, change(id, plain));
    expect(await scopesOf(id)).toEqual(plain);
    expect(await auditOf(id)).toEqual(['key.create']);
  });
});

describe('scopes of Keydesk itself', () => {
  const reserved = ['keydesk:verify', 'reports:read'];

  it.each([['keydesk:manage'], ['KeyDesk:Verify'], ['keydesk:'], ['a', 'keydesk:x']])(
    'are not for an operator to grant: %s',
    async (...scopes) => {
      const before = await countRows('api_key');
      expect(await createKey(otto, keyRequest('grace', { scopes }))).toEqual({
        outcome: 'reserved-scopes',
      });
      expect(await countRows('api_key')).toBe(before);
      const { id } = await makeKey(otto, 'grace');
      expect(await changeKey(otto, change(id, scopes, { name: 'new' }))).toEqual({
        outcome: 'reserved-scopes',
      });
      expect(await findKey(vera, id)).toMatchObject({ scopes: [], name: '' });
    },
  );

  it('can be granted and removed only by an admin', async () => {
    const { id } = await makeKey(ada, 'grace', { scopes: reserved });
    expect(await scopesOf(id)).toEqual(reserved);
    expect((await changeKey(ada, change(id, ['keydesk:verify']))).outcome).toBe('changed');
    expect((await changeKey(ada, change(id, []))).outcome).toBe('changed');
    expect(await scopesOf(id)).toEqual([]);
  });

  it('are granted no more where they give nothing, and stay where they are', async () => {
    const scopes = ['KeyDesk:Manage'];
    const retired = { outcome: 'retired-scopes' };
    expect(await createKey(ada, keyRequest('grace', { scopes }))).toEqual(retired);
    const { id } = await makeKey(ada, 'grace');
    expect(await changeKey(ada, change(id, scopes))).toEqual(retired);
    await pagePool().query('update api_key set scopes = $2 where id = $1', [id, scopes]);
    const renamed = change(id, [...scopes, 'reports:read'], { name: 'old' });
    expect((await changeKey(ada, renamed)).outcome).toBe('changed');
  });

  it('stay as they are when an operator renames the key', async () => {
    const { id } = await makeKey(ada, 'grace', { scopes: reserved });
    expect((await changeKey(otto, change(id, reserved, { name: 'gate' }))).outcome).toBe('changed');
    expect(await findKey(vera, id)).toMatchObject({ name: 'gate', scopes: reserved });
    for (const taken of [['other'], [], ['keydesk:verify', 'keydesk:manage']]) {
      expect((await changeKey(otto, change(id, taken))).outcome).toBe('reserved-scopes');
    }
    expect((await changeKey(otto, change(id, ['keydesk:verify']))).outcome).toBe('needs-admin');
    expect(await scopesOf(id)).toEqual(reserved);
  });

  it('prevent an operator from regenerating the key', async () => {
    const { id } = await makeKey(ada, 'grace', { scopes: reserved });
    expect(await regenerateKey(otto, { id, version: 1 })).toEqual({ outcome: 'needs-admin' });
    expect(await findKey(vera, id)).toMatchObject({ secretVersion: 1 });
    expect((await regenerateKey(ada, { id, version: 1 })).outcome).toBe('regenerated');
  });

  it('let only an admin switch the key off, and on again', async () => {
    const { id } = await makeKey(ada, 'grace', { scopes: reserved });
    expect((await switchKey(otto, { id, active: false })).outcome).toBe('needs-admin');
    expect((await switchKey(ada, { id, active: false })).outcome).toBe('changed');
    expect((await switchKey(otto, { id, active: true })).outcome).toBe('needs-admin');
    expect((await changeKey(otto, change(id, undefined, { name: 'x' }))).outcome).toBe(
      'needs-admin',
    );
    expect(await findKey(vera, id)).toMatchObject({ active: false, name: '' });
    expect((await switchKey(ada, { id, active: true })).outcome).toBe('changed');
  });

  it('are checked on the present key, not on what the operator last saw', async () => {
    const { id } = await makeKey(otto, 'grace', { scopes: plain });
    const races = await Promise.all([
      changeKey(ada, change(id, reserved)),
      regenerateKey(otto, { id, version: 1 }),
      changeKey(otto, change(id, plain)),
    ]);
    // Whichever came first, an operator neither saw a secret after the grant nor undid it.
    expect(races[0]?.outcome).toBe('changed');
    expect(await scopesOf(id)).toEqual(reserved);
  });
});

describe('the actions', () => {
  it('show the message at the field, and keep what was typed', async () => {
    await signInAs(otto);
    const { requestId } = keyRequest('grace');
    const fields = { requestId, user: 'grace', active: 'yes', scopes: 'keydesk:verify b' };
    expect(await send(createKeyAction, { ...fields, expires: '2090-01-01T10:00' })).toMatchObject({
      status: 'invalid',
      fieldErrors: { scopes: expect.stringContaining('Only an admin') },
      values: { user: 'grace', scopes: 'keydesk:verify b', expires: '2090-01-01T10:00' },
    });
    const { id } = await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
    expect(await send(changeKeyAction, { id, active: 'yes', name: '', scopes: '' })).toMatchObject({
      status: 'invalid',
      fieldErrors: { scopes: expect.any(String) },
    });
    expect(await send(regenerateKeyAction, { id, version: '1' })).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('only an admin'),
    });
  });
});
