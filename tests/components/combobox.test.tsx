import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { Combobox } from '@/components/combobox';

const users = [
  { username: 'grace.hopper', displayName: 'Grace Hopper', active: true },
  { username: 'grace.gone', displayName: '', active: false },
  { username: 'grace.k', displayName: 'Grace K', active: true },
];
const asked: string[] = [];

beforeEach(() => {
  asked.length = 0;
  global.fetch = jest.fn(async (path: string) => {
    asked.push(path);
    const none = path.endsWith('nobody');
    return { ok: true, json: async () => (none ? [] : users) } as Response;
  }) as unknown as typeof fetch;
});

async function typed(text: string) {
  const send = jest.fn((event: React.FormEvent) => event.preventDefault());
  const shown = render(
    <form onSubmit={send}>
      <Combobox label="User" name="user" from="/users/suggestions" />
    </form>,
  );
  const field = screen.getByRole('combobox', { name: 'User' });
  if (text) await userEvent.type(field, text);
  return { field, send, ...shown };
}
const pointed = (field: HTMLElement) =>
  document.getElementById(field.getAttribute('aria-activedescendant') ?? '')?.textContent;

test('arrows point at users, "Enter" takes one and sends nothing', async () => {
  const { field, send } = await typed('gra');
  expect(field).toHaveAttribute('aria-expanded', 'true');
  expect(screen.getByRole('status')).toHaveTextContent('3 suggestions');
  expect(pointed(field)).toBeUndefined();
  await userEvent.keyboard('{ArrowDown}');
  expect(pointed(field)).toBe('grace.hopperGrace Hopper');
  await userEvent.keyboard('{End}');
  expect(pointed(field)).toBe('grace.kGrace K');
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Home}');
  expect(pointed(field)).toBe('grace.hopperGrace Hopper');
  await userEvent.keyboard('{Enter}');
  expect(field).toHaveValue('grace.hopper');
  expect(field).toHaveAttribute('aria-expanded', 'false');
  expect(send).not.toHaveBeenCalled();
  await userEvent.keyboard('{Enter}');
  expect(send).toHaveBeenCalledTimes(1);
});

test('a disabled user says so, and cannot be taken', async () => {
  const { field } = await typed('gra');
  const option = screen.getByRole('option', { name: 'grace.gone disabled' });
  expect(option).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(option);
  expect(field).toHaveValue('gra');
  await userEvent.click(screen.getByRole('option', { name: 'grace.k Grace K' }));
  expect(field).toHaveValue('grace.k');
  expect(field).toHaveFocus();
});

test('"Escape" closes the list and nothing else; what nobody is called stays as typed', async () => {
  const { field } = await typed('gra');
  const heard = jest.fn();
  document.addEventListener('keydown', heard);
  await userEvent.keyboard('{Escape}');
  expect(field).toHaveAttribute('aria-expanded', 'false');
  expect(field).toHaveValue('gra');
  await userEvent.clear(field);
  await userEvent.type(field, 'nobody');
  expect(screen.getByRole('status')).toHaveTextContent('No suggestions');
  expect(field).toHaveValue('nobody');
  document.removeEventListener('keydown', heard);
});

test('nobody is asked about a whole key', async () => {
  const key = `kd_${'0123456789aB'.repeat(4)}z`;
  const { field } = await typed('');
  await userEvent.click(field);
  await userEvent.paste(key);
  expect(screen.getByText('This looks like a whole key.')).toBeVisible();
  expect(asked).toEqual([]);
});
