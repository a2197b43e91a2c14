import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import type { CreatedKey } from '@/app/(desk)/keys/issued-secret';
import { KeyForm } from '@/app/(desk)/keys/new/key-form';
import { done, type FormState, invalid } from '@/lib/forms/form-state';
import { policyValues } from '@/lib/keys/policy/policy-values';

const empty = policyValues({});
const initial = { user: '', name: '', active: undefined, ...empty };
const secret = 'kd_0123456789012345678901234567890123456789012345678';

function renderForm(answer: (form: FormData) => FormState<CreatedKey>) {
  const sent: Array<Record<string, unknown>> = [];
  const action = async (_previous: unknown, form: FormData) => {
    sent.push(Object.fromEntries(form));
    return answer(form);
  };
  const view = render(
    <KeyForm
      action={action}
      requestId="first"
      initial={initial}
      empty={empty}
      back="/keys?username=a"
      revealOn={false}
      can={{ mail: null, signOn: null }}
    />,
  );
  return { sent, ...view };
}

const made = (after: 'close' | 'new', username = 'ada', mayAsk = false) =>
  done<CreatedKey>({
    keyId: username,
    username,
    secret: secret + username,
    message: `API key generated for ${username}.`,
    usage: { address: 'http://localhost:3000/api/v1/verify', mayAsk },
    after,
    nextRequestId: 'second',
  });

beforeEach(() => {
  globalThis.fetch = jest.fn(async () => Response.json([])) as unknown as typeof fetch;
});

it('sends what was typed, once', async () => {
  const { sent } = renderForm(() => made('close'));
  await userEvent.type(screen.getByLabelText('User'), 'ada');
  await userEvent.type(screen.getByLabelText('Name'), 'nightly');
  await userEvent.click(screen.getByRole('radio', { name: 'No' }));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(sent).toEqual([
    {
      requestId: 'first',
      delivery: 'show',
      linkTerm: '24h',
      linkProof: 'none',
      user: 'ada',
      active: 'no',
      name: 'nightly',
      ...empty,
      after: 'close',
    },
  ]);
  expect(await screen.findByText('API key generated for ada.')).toBeVisible();
  expect(screen.getByTestId('secret')).toHaveTextContent(`${secret}ada`);
  expect(screen.queryByLabelText('User')).toBeNull();
});

it('keeps the typed text beside the message at the field', async () => {
  const message = 'User "adaa" is not in the database.';
  renderForm(() => invalid({ user: message }, { user: 'adaa', name: 'kept', active: 'no' }));
  await userEvent.type(screen.getByLabelText('User'), 'adaa');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await screen.findByText(message)).toBeVisible();
  expect(screen.getByLabelText('User')).toHaveValue('adaa');
  expect(screen.getByLabelText('User')).toBeInvalid();
  expect(screen.getByLabelText('Name')).toHaveValue('kept');
});

it('keeps every key of "Save & add new" in sight until it is acknowledged', async () => {
  const { sent } = renderForm((form) => made('new', String(form.get('user'))));
  for (const name of ['ada', 'bob']) {
    await userEvent.type(screen.getByLabelText('User'), name);
    await userEvent.click(screen.getByRole('button', { name: 'Save & add new' }));
    expect(await screen.findByText(`API key generated for ${name}.`)).toBeVisible();
    expect(screen.getByLabelText('User')).toHaveValue('');
  }
  expect(sent.map(({ requestId, after }) => [requestId, after])).toEqual([
    ['first', 'new'],
    ['second', 'new'],
  ]);
  expect(screen.getAllByTestId('secret')).toHaveLength(2);
  await userEvent.click(screen.getAllByRole('button', { name: 'I have copied it' })[0]!);
  expect(screen.getAllByTestId('secret').map((code) => code.textContent)).toEqual([`${secret}ada`]);
});

it('adds the unknown user whom the message is about, as the form was sent', async () => {
  const values = { user: 'adaa', addUser: 'adaa', afterAdding: 'new' };
  const { sent } = renderForm((form) =>
    form.has('addUser')
      ? made('new', 'adaa')
      : invalid({ user: 'User "adaa" is not in the database.' }, values),
  );
  // A form that waits for its answer sends nothing else.
  const answered = (times: number) =>
    waitFor(() => {
      expect(sent).toHaveLength(times);
      expect(screen.getByRole('button', { name: 'Add user adaa and save' })).toBeEnabled();
    });
  expect(screen.queryByRole('button', { name: /^Add user/ })).toBeNull();
  await userEvent.type(screen.getByLabelText('User'), 'adaa');
  await userEvent.click(screen.getByRole('button', { name: 'Save & add new' }));
  await answered(1);
  // The Enter key goes on meaning "Save", whatever stands before it.
  await userEvent.type(screen.getByLabelText('User'), '{Enter}');
  await answered(2);
  await userEvent.click(screen.getByRole('button', { name: 'Add user adaa and save' }));
  expect(await screen.findByText('API key generated for adaa.')).toBeVisible();
  expect(sent.map(({ after, addUser, afterAdding }) => [after, addUser, afterAdding])).toEqual([
    ['new', undefined, undefined],
    ['close', undefined, 'new'],
    [undefined, 'adaa', 'new'],
  ]);
});

it('has the focus on "Copy", says so inside it, and asks no more about leaving', async () => {
  const user = userEvent.setup();
  renderForm(() => made('close'));
  await user.type(screen.getByLabelText('User'), 'ada');
  await user.click(screen.getByRole('button', { name: 'Save' }));
  const copy = await screen.findByRole('button', { name: 'Copy' });
  expect(copy).toHaveFocus();
  const another = screen.getByRole('link', { name: 'Add another for ada' });
  expect(another).toHaveAttribute('href', expect.stringContaining('user=ada'));
  await user.click(another);
  const question = /Leave without copying it/;
  expect(screen.getByText(question)).toBeVisible();
  await user.click(copy);
  expect(await screen.findByRole('button', { name: 'Copied ✓' })).toBe(copy);
  expect(await navigator.clipboard.readText()).toBe(`${secret}ada`);
  expect(screen.queryByText(question)).toBeNull();
  const done = screen.getByRole('button', { name: 'I have copied it' });
  expect(done.closest('form')).toHaveFormValues({ username: 'a', added: 'ada' });
});

it.each([
  ['$SERVICE_KEY', false],
  [`${secret}ada`, true],
])('shows how a service asks about it: with %s', async (asker, mayAsk) => {
  renderForm(() => made('close', 'ada', mayAsk));
  await userEvent.type(screen.getByLabelText('User'), 'ada');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await userEvent.click(await screen.findByText('How to use it'));
  expect(screen.getByTestId('command').textContent).toBe(
    `curl -X POST http://localhost:3000/api/v1/verify \\
  -H "Authorization: Bearer ${asker}" \\
  -H "Content-Type: application/json" \\
  -d '{"key":"${secret}ada"}'`,
  );
});

it('violates no rule of axe, empty or refused', async () => {
  const { container } = renderForm(() => invalid({ user: 'Enter a username.' }, {}));
  expect(
    (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations,
  ).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Enter a username.');
  expect(
    (await axe.run(container, { rules: { 'color-contrast': { enabled: false } } })).violations,
  ).toEqual([]);
});
