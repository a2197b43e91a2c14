import { useTestDatabase } from '../helpers/database';
import { admin } from './admin-command';

jest.setTimeout(120_000);
useTestDatabase();

it('refuses wrong arguments', async () => {
  const yesterday = new Date(Date.now() - 86_400_000).toISOString().slice(0, 10);
  for (const [args, said] of [
    [['--before', 'soon', '--to', 'x'], /^--before takes a day/],
    [['--before', yesterday, '--to', 'x'], /^--before must be at least 30 days ago/],
    [['--before', '2021-01-01'], /^audit archive needs --to/],
  ] as [string[], RegExp][]) {
    expect((await admin(['audit', 'archive', ...args])).said).toMatch(said);
  }
  expect((await admin(['audit', 'verify', '--anchor', 'yesterday'])).said).toMatch(
    /^--anchor takes <number>:<64 hexadecimal digits>/,
  );
  expect((await admin(['audit', 'sell'])).said).toMatch(/^"audit" needs "verify" or "archive"/);
  expect((await admin(['audit', 'verify'], { AUDIT_KEY: 'short' })).said).toBe(
    'AUDIT_KEY must be base64 of 32 random bytes.',
  );
});
