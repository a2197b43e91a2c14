import { render, screen, within } from '@testing-library/react';
import { LeftOutKeys } from '@/app/(desk)/keys/bulk/[id]/skipped-keys';
import { KeyDesk } from '@/app/(desk)/keys/key-desk';
import { KeyRow } from '@/app/(desk)/keys/key-row';
import { rowFacts } from '@/app/(desk)/keys/row-facts';
import type { Administrator } from '@/lib/access/administrator';
import { idle } from '@/lib/forms/form-state';
import type { KeySummary } from '@/lib/keys/key-summary';

jest.mock('next/navigation', () => ({ useRouter: () => ({ push: jest.fn() }) }));

const key = (scopes: string[]) =>
  ({
    id: scopes.join() || 'none',
    ownerId: 'grace',
    username: 'grace',
    ownerActive: true,
    name: '',
    hint: 'kd_AbCd…wXyZ',
    active: true,
    status: 'active',
    scopes,
    revealable: false,
    secretVersion: 1,
    createdAt: new Date('2026-01-01T00:00:00Z'),
    lastUsedAt: null,
    usedLately: false,
    expiresAt: null,
  }) as KeySummary;

function showRow(scopes: string[], isAdmin: boolean) {
  const nothing = async () => idle;
  render(
    <KeyDesk
      regenerateAction={nothing}
      deleteAction={nothing}
      switchAction={nothing}
      back="/keys"
      regenerateFields={null}
    >
      <table>
        <tbody>
          <KeyRow
            row={rowFacts(
              key(scopes),
              { role: isAdmin ? 'admin' : 'operator' } as Administrator,
              false,
            )}
            number={1}
            now={0}
            mayChange
            isSwitching={false}
            isNew={false}
          />
        </tbody>
      </table>
    </KeyDesk>,
  );
  return within(screen.getByRole('row'));
}

describe('the row of a key', () => {
  it.each([
    ['a service key, to an admin', ['keydesk:verify'], true],
    ['an ordinary key, to an operator', ['reports:read'], false],
  ] as const)('offers what can be done with %s', (_, scopes, isAdmin) => {
    const row = showRow([...scopes], isAdmin);
    expect(row.getByRole('switch')).toBeInTheDocument();
    for (const name of ['Edit', 'Delete']) expect(row.getByRole('button', { name })).toBeVisible();
  });

  it('offers an operator no action on a service key, and says why', () => {
    const row = showRow(['KeyDesk:verify'], false);
    expect(row.queryByRole('switch')).toBeNull();
    expect(row.queryByRole('button')).toBeNull();
    expect(row.queryByRole('checkbox')).toBeNull();
    expect(row.getByText('Only an admin can change it.')).toBeVisible();
  });
});

describe('a bulk change', () => {
  it('says before it begins which keys it skips', () => {
    const shown = [{ id: 'one', username: 'grace', hint: 'kd_AbCd…wXyZ' }];
    render(<LeftOutKeys leftOut={{ keys: 2, shown }} />);
    expect(screen.getByRole('status')).toHaveTextContent(
      '2 API keys with scopes of Keydesk itself will be left out: only an admin can change them.',
    );
    expect(screen.getByRole('listitem')).toHaveTextContent('kd_AbCd…wXyZ of grace');
    expect(screen.getByText('And 1 more.')).toBeVisible();
  });

  it('says nothing if it skips none', () => {
    const { container } = render(<LeftOutKeys leftOut={{ keys: 0, shown: [] }} />);
    expect(container).toBeEmptyDOMElement();
  });
});
