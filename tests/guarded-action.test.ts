import { z } from 'zod';
import { NotConfirmedError } from '@/db/confirmation';
import type { Administrator, Role } from '@/lib/access/administrator';
import { guardedAction, publicAction } from '@/lib/auth/guarded-action';
import { mostNames } from '@/lib/forms/form-fields';
import { done } from '@/lib/forms/form-state';
import { useSettings } from './helpers/settings';

const request = { headers: new Map<string, string>() };
let signedIn: Administrator | null = null;

jest.mock('next/headers', () => ({ headers: async () => request.headers }));
jest.mock('next/navigation', () => ({
  redirect: (path: string) => {
    throw new Error(`redirect ${path}`);
  },
  notFound: () => {
    throw new Error('not found');
  },
}));
jest.mock('@/lib/auth/current-administrator', () => ({
  ...jest.requireActual('@/lib/auth/current-administrator'),
  findSignedIn: async () => signedIn,
}));

const run = jest.fn(async () => done('ran'));
const action = guardedAction(
  'operator',
  z.strictObject({ name: z.string().min(3, 'Too short.') }),
  run,
);

function form(fields: Record<string, string> = { name: 'good' }): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  return data;
}

function given(role: Role | null, origin: string | null = 'http://localhost:3000') {
  signedIn = role && { id: '1', username: role, role, address: '192.0.2.1', reauthenticated: true };
  request.headers = new Map([['x-keydesk-path', '/keys/new?back=%2Fkeys&_rsc=1']]);
  if (origin) request.headers.set('origin', origin);
}

/** Counts the entries read from the form. Every other way to read it fails. */
function countReads(data: FormData): () => number {
  let count = 0;
  const entries = data.entries.bind(data);
  const refuse = () => {
    throw new Error('The form is read one entry at a time.');
  };
  Object.assign(data, { get: refuse, getAll: refuse, keys: refuse, values: refuse });
  data[Symbol.iterator] = function* counted() {
    for (const entry of entries()) {
      count += 1;
      yield entry;
    }
  } as typeof entries;
  return () => count;
}

beforeEach(() => {
  run.mockClear();
  useSettings({ DATABASE_URL: 'postgresql://x@localhost/x' });
});

describe('an action', () => {
  it.each(['operator', 'admin'] as const)('runs for %s', async (role) => {
    given(role);
    expect(await action(null, form())).toEqual({ status: 'done', data: 'ran' });
    expect(run).toHaveBeenCalledWith(expect.objectContaining({ role }), { name: 'good' });
  });

  it('runs at 127.0.0.1 beside localhost', async () => {
    given('operator', 'http://127.0.0.1:3000');
    expect((await action(null, form())).status).toBe('done');
  });

  it.each([null, 'null', 'https://evil.example', 'http://localhost:3000.evil.example', ''])(
    'does not run from the origin %j',
    async (origin) => {
      given('admin', origin);
      expect((await action(null, form())).status).toBe('failed');
      expect(run).not.toHaveBeenCalled();
    },
  );

  it('does not run if the browser says that another site asks', async () => {
    given('admin');
    request.headers.set('sec-fetch-site', 'cross-site');
    expect((await action(null, form())).status).toBe('failed');
    request.headers.set('sec-fetch-site', 'same-origin');
    expect((await action(null, form())).status).toBe('done');
  });

  it('does not run for a viewer', async () => {
    given('viewer');
    expect(await action(null, form())).toMatchObject({ status: 'failed' });
    expect(run).not.toHaveBeenCalled();
  });

  it('redirects to sign in without a session, and keeps what was typed except secrets and whole keys', async () => {
    given(null);
    const typed = form({ name: 'typed', password: 'hidden', requestId: 'r' });
    const way = encodeURIComponent('/keys/new?back=%2Fkeys&name=typed');
    await expect(action(null, typed)).rejects.toThrow(`redirect /login?next=${way}`);
    const key = form({ name: ` kd_${'a1B'.repeat(17)} ` });
    const back = encodeURIComponent('/keys/new?back=%2Fkeys');
    await expect(action(null, key)).rejects.toThrow(new RegExp(`redirect /login\\?next=${back}$`));
    expect(run).not.toHaveBeenCalled();
  });

  it('redirects to sign in without a session, however many names are sent', async () => {
    const many = form(Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`n${n}`, ''])));
    given(null);
    const way = encodeURIComponent('/keys/new?back=%2Fkeys');
    await expect(action(null, many)).rejects.toThrow(`redirect /login?next=${way}`);
    expect(run).not.toHaveBeenCalled();
  });

  it('says of a change that the database does not confirm that it is not confirmed yet', async () => {
    given('operator');
    run.mockRejectedValueOnce(new NotConfirmedError());
    expect(await action(null, form())).toEqual({
      status: 'failed',
      message: expect.stringMatching(/^Not confirmed yet: the standby .* does not answer/),
      values: { name: 'good' },
    });
  });

  it('puts a message at the field and returns what was typed', async () => {
    given('operator');
    expect(await action(null, form({ name: 'x' }))).toEqual({
      status: 'invalid',
      fieldErrors: { name: 'Too short.' },
      values: { name: 'x' },
    });
  });

  it.each(['role', 'owner_id', 'secret_mac', '__proto__'])(
    'refuses the unknown field %s',
    async (name) => {
      given('operator');
      expect((await action(null, form({ name: 'good', [name]: 'x' }))).status).toBe('invalid');
      expect(run).not.toHaveBeenCalled();
    },
  );

  it('refuses a field that is repeated', async () => {
    given('operator');
    const twice = form();
    twice.append('name', 'again');
    expect((await action(null, twice)).status).toBe('invalid');
  });

  it('reads no further than necessary if more names are sent than any form has', async () => {
    given('operator');
    const many = form(Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`n${n}`, ''])));
    const read = countReads(many);
    expect(await action(null, many)).toMatchObject({
      status: 'failed',
      message: 'This form has too many fields. Reload the page and try again.',
    });
    expect(read()).toBe(mostNames + 1);
  });

  it('reads a repeated name, such as the keys of a bulk change, in one pass', async () => {
    given('operator');
    const keys = guardedAction('operator', z.strictObject({ key: z.array(z.string()) }), run);
    const many = new FormData();
    for (let n = 0; n < 5_000; n++) many.append('key', String(n));
    const read = countReads(many);
    expect((await keys(null, many)).status).toBe('done');
    expect(read()).toBe(5_000);
  });

  it('returns only what its own form can show', async () => {
    given('operator');
    const answer = await action(null, form({ name: 'x', other: 'y'.repeat(1_000) }));
    expect(answer).toMatchObject({ status: 'invalid', values: { name: 'x' } });
    expect(JSON.stringify(answer)).not.toContain('yyy');
  });

  it('has our messages for missing, repeated and unknown fields', async () => {
    given('operator');
    expect(await action(null, form({}))).toMatchObject({
      fieldErrors: { name: 'This field is missing.' },
    });
    expect(await action(null, form({ name: 'good', other: 'x' }))).toMatchObject({
      fieldErrors: { form: 'This form has no such field.' },
    });
    const twice = form();
    twice.append('name', 'again');
    expect(await action(null, twice)).toMatchObject({
      fieldErrors: { name: 'This is not a valid value.' },
    });
  });

  it('ignores the fields of the framework', async () => {
    given('operator');
    expect((await action(null, form({ name: 'good', $ACTION_ID_1: '' }))).status).toBe('done');
  });
});

describe('an action without a session', () => {
  const open = publicAction(z.strictObject({ password: z.string().min(3, 'Too short.') }), run);

  it('never returns a password', async () => {
    given(null);
    expect(await open(null, form({ password: 'x' }))).toEqual({
      status: 'invalid',
      fieldErrors: { password: 'Too short.' },
      values: {},
    });
  });

  it('returns nothing that is longer than a name', async () => {
    given(null);
    const named = publicAction(z.strictObject({ name: z.string().max(3, 'Too long.') }), run);
    expect(await named(null, form({ name: 'long' }))).toMatchObject({ values: { name: 'long' } });
    expect(await named(null, form({ name: 'x'.repeat(301) }))).toMatchObject({ values: {} });
  });

  it('refuses more names than any form has', async () => {
    given(null);
    const many = form(Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`n${n}`, ''])));
    expect((await open(null, many)).status).toBe('failed');
  });

  it('answers two at a time, and refuses at once if too many wait', async () => {
    given(null);
    request.headers.set('x-keydesk-address', '192.0.2.1');
    let leave = () => {};
    const gate = new Promise<void>((resolve) => (leave = resolve));
    const slow = jest.fn(() => gate.then(() => done('ran')));
    const held = publicAction(z.strictObject({}), slow);
    const all = Array.from({ length: 203 }, () => held(null, form({})).catch(String));
    expect(await all[202]).toContain('redirect /keys/new?back=%2Fkeys&said=busy');
    expect(slow).toHaveBeenCalledTimes(2);
    request.headers.set('next-action', 'id');
    expect(await held(null, form({}))).toMatchObject({ status: 'failed' });
    leave();
    const answers = await Promise.all(all.slice(0, 202));
    expect(answers).toEqual(Array(202).fill({ status: 'done', data: 'ran' }));
  });

  it('still needs our origin', async () => {
    given(null, 'https://evil.example');
    expect((await open(null, form({ password: 'good' }))).status).toBe('failed');
    expect(run).not.toHaveBeenCalled();
  });
});
