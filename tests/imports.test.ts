import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { importOverrides } from '../scripts/rooms/lint-rules';

/** A separate project with our rules, because a file among the sources would make the build look outdated. */
const elsewhere = mkdtempSync(join(tmpdir(), 'keydesk-imports-'));
const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
writeFileSync(join(elsewhere, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** The files, each with one import, that the linter refuses. */
function refusedOf(files: Record<string, string>): string[] {
  for (const [file, specifier] of Object.entries(files)) {
    mkdirSync(join(elsewhere, dirname(file)), { recursive: true });
    const text = `import { thing } from '${specifier}';\n\nexport const used = thing;\n`;
    writeFileSync(join(elsewhere, file), text);
  }
  const { stdout } = spawnSync(
    resolve('node_modules/.bin/biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { encoding: 'utf8', cwd: elsewhere },
  );
  const lines = stdout.matchAll(/noRestrictedImports,file=(?:\.\/)?([^,]+),/g);
  return [...lines].map(([, file = '']) => relative(elsewhere, resolve(elsewhere, file))).sort();
}

test('imports run from the top down, and the linter enforces it', () => {
  const refused = {
    'app/to-a-table.ts': '@/db/client',
    'lib/keys/import/to-a-room-above.ts': '@/lib/auth/sign-in',
    'lib/users/to-a-room-beside.ts': '../verify/verify',
    'lib/verify/to-next-auth.ts': 'next-auth',
  };
  const allowed = {
    'components/to-the-state-of-a-form.ts': '@/lib/forms/form-state',
    'lib/auth/to-next-auth.ts': 'next-auth',
    'lib/keys/to-a-room-below.ts': '@/lib/lists/order',
  };
  expect(refusedOf({ ...refused, ...allowed })).toEqual(Object.keys(refused));
});

test('biome.json has a rule for each room; npm run rooms -- --write puts it there', () => {
  expect(rules.overrides).toEqual(expect.arrayContaining(importOverrides));
});
