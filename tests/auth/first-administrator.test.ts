import { ensureFirstAdministrator } from '@/lib/auth/first-administrator';
import { useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';

useTestDatabase();

it('one of twenty parallel starts makes the first administrator', async () => {
  const first = { username: 'root', password: 'correct horse battery staple' };
  const made = await Promise.all(Array.from({ length: 20 }, () => ensureFirstAdministrator(first)));
  expect(made.filter(Boolean)).toHaveLength(1);
  expect(await countRows('directory_user', 'role is not null')).toBe(1);
  expect(await countRows('audit_event', `action = 'administrator.create'`)).toBe(1);
  expect(await ensureFirstAdministrator({ ...first, username: 'second' })).toBe(false);
});
