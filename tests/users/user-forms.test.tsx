import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { DeleteUserForm } from '@/app/(desk)/users/delete-user-form';
import { CheckForm } from '@/app/(desk)/users/import/check-form';
import { NewUserForm } from '@/app/(desk)/users/new/new-user-form';
import { done, type FormAction, failed } from '@/lib/forms/form-state';
import { looksLike } from '@/lib/users/looks-like';

const grace = { id: '01890a5d-ac96-774b-bcce-b302099a8057', username: 'grace', keys: 3 };

const noServices = { services: 0, isResponsibleRequired: false };

function recorded<Data>(answer: Awaited<ReturnType<FormAction<Data>>>) {
  const sent: Record<string, FormDataEntryValue>[] = [];
  const action: FormAction<Data> = async (_previous, form) => {
    sent.push(Object.fromEntries(form));
    return answer;
  };
  return { action, sent };
}

test('the box confirms the number of keys that it names, and nothing if unticked', async () => {
  const { action, sent } = recorded(done({ keys: 4 }));
  render(<DeleteUserForm {...noServices} action={action} user={grace} back="/users" />);
  await userEvent.click(screen.getByRole('button', { name: 'OK' }));
  expect(sent[0]).not.toHaveProperty('keys');
  expect(await screen.findByRole('alert')).toHaveTextContent(
    'grace has 4 keys. Nothing was deleted.',
  );
  const box = screen.getByLabelText('Also delete their 4 keys');
  expect(box).not.toBeChecked();
  await userEvent.click(box);
  await userEvent.click(screen.getByRole('button', { name: 'OK' }));
  expect(sent[1]).toMatchObject({ id: grace.id, keys: '4', back: '/users' });
});

test('a user without keys is not asked about any', () => {
  const { action } = recorded(done({ keys: 0 }));
  render(
    <DeleteUserForm {...noServices} action={action} user={{ ...grace, keys: 0 }} back="/users" />,
  );
  expect(screen.queryByRole('checkbox')).toBeNull();
});

test('a deleted user is reported, with only a link back', async () => {
  const { action } = recorded<{ keys: number }>(failed('This record had already been deleted.'));
  render(<DeleteUserForm {...noServices} action={action} user={grace} back="/users" />);
  await userEvent.click(screen.getByRole('button', { name: 'OK' }));
  expect(await screen.findByText('This record had already been deleted.')).toBeVisible();
  expect(screen.queryByRole('button', { name: 'OK' })).toBeNull();
  expect(screen.getByRole('button', { name: 'Close' })).toBeVisible();
});

test('after a warning of a look-alike, saving confirms that name only', async () => {
  const facts = { username: '', displayName: '', email: '', responsible: '' };
  const initial = { ...facts, kind: 'person', active: 'yes' } as const;
  const { action, sent } = recorded(looksLike('ada', { ...initial, username: '\u0430da' }));
  render(<NewUserForm action={action} id={grace.id} initial={initial} back="/users" />);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(sent[0]).toMatchObject({ lookalike: '' });
  expect(await screen.findByText(/looks like the name of user "ada"/)).toBeVisible();
  expect(screen.getByLabelText('Username')).toHaveValue('\u0430da');
  await userEvent.click(screen.getByRole('button', { name: 'Save anyway' }));
  expect(sent[1]).toMatchObject({ username: '\u0430da', lookalike: '\u0430da' });
});

test('a file over 1 MB is refused before it is sent', async () => {
  const { action } = recorded(done(null));
  render(<CheckForm action={action} back="/users" />);
  const large = new File([new Uint8Array(1_000_001)], 'users.csv', { type: 'text/csv' });
  await userEvent.upload(screen.getByLabelText('CSV file'), large);
  expect(screen.getByText('The file is larger than 1 MB.')).toBeVisible();
  expect(screen.getByRole('button', { name: 'Check' })).toBeDisabled();
});
