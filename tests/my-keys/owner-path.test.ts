import { ownerPath } from '@/lib/auth/owner-path';

const id = '0199d3b2-1111-4222-8333-444455556666';

it.each(['/me', `/me/${id}`, '/me?range=7d', `/collect/${id}`])('lets owners to %s', (path) => {
  expect(ownerPath(path)).toBe(path);
});

it.each([
  ...['/', '/keys', '/meadow', '/collect', '/collect/', '/collect/x', `/collect/${id}/`],
  ...[`/collect/${id}/../../keys`, `/collect/${id}?said=busy`, `/keys/collect/${id}`],
  ...[`//collect/${id}`, `/collect/${id}\n/keys`],
])('leads from %j to their keys', (path) => {
  expect(ownerPath(path)).toBe('/me');
});
