import { render, screen } from '@testing-library/react';
import { FirstSteps } from '@/app/(desk)/keys/first-steps';
import type { Role } from '@/lib/access/administrator';

const none = { users: false, keys: false, service: false };
const shown = (role: Role, steps = none) => {
  render(<FirstSteps steps={steps} role={role} back="/keys" />);
  return screen.queryAllByRole('link').map((link) => link.textContent);
};

it('each first step is one link away, for those who may take it', () => {
  expect(shown('admin')).toEqual([
    'Add a user',
    'Import users',
    'Add an API key',
    'Add a service key',
  ]);
  expect(screen.queryByText(/Done/)).toBeNull();
});

it('a step that only an admin can take says so to an operator', () => {
  expect(shown('operator')).not.toContain('Add a service key');
  expect(screen.getByText('Only an admin can add service keys.')).toBeVisible();
});

it('a viewer sees the steps and what is done of them, and no links', () => {
  expect(shown('viewer', { ...none, users: true })).toEqual([]);
  expect(screen.getByText('1. Add users', { exact: false })).toHaveTextContent('✓ Done');
  expect(screen.getByText('2. Add a key', { exact: false })).not.toHaveTextContent('Done');
});
