import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { Attention } from '@/app/(desk)/overview/attention';
import { keyListNames } from '@/lib/overview/key-list-input';
import type { UnreachedOwner } from '@/lib/overview/list-unreached-owners';

const lists = Object.fromEntries(
  keyListNames.map((name) => [name, { rows: [], total: 0, isExact: true }]),
) as never;
const action = async () => ({ status: 'idle' }) as never;
const nothing = { dead: [], lists, action, unreached: null, held: null, mayChange: true };
const shown = (unreached: UnreachedOwner[] | null) =>
  renderToStaticMarkup(createElement(Attention, { ...nothing, unreached, isAdmin: true }));

test('owners who are not reached are listed with the reason', () => {
  const html = shown([
    { id: 'a', username: 'grace', refused: 'g@example.org', expiring: 0 },
    { id: 'b', username: 'lost', refused: null, expiring: 2 },
  ]);
  expect(html).toContain('2 owners not reached by email');
  expect(html).toMatch(/grace.*The mail server refused g@example\.org/);
  expect(html).toMatch(/href="\/users\/b".*lost.*No address, and 2 keys expire within 30 days/);
});

test('where nobody is told they are not mentioned, and where all are reached all is clear', () => {
  expect(shown(null)).not.toContain('reached by email');
  expect(shown([])).toMatch(/All clear: .*owners not reached by email/);
});

test('a rule that has stopped itself is told, with the way on for admins alone', () => {
  const held = { id: 'a', due: 30, active: 100, allowed: 10, day: '2027-03-01' };
  const [admin, other] = [true, false].map((isAdmin) =>
    renderToStaticMarkup(createElement(Attention, { ...nothing, held, isAdmin })),
  );
  expect(admin).toContain('has stopped itself: 30 of 100 active keys in one day');
  expect(admin).toContain('href="/settings/policies/unused"');
  expect(other).toContain('An admin can let it go on.');
  expect(other).not.toContain('href="/settings/policies/unused"');
});
