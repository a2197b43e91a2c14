import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A project elsewhere, with our rules: a file among the sources would make the build look old. */
const elsewhere = mkdtempSync(join(tmpdir(), 'keydesk-imports-'));
const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
writeFileSync(join(elsewhere, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
afterAll(() => rmSync(elsewhere, { recursive: true }));

/** Lints a file with one import as if it stood there, and returns what Biome says. */
function lint(folder: string, specifier: string): string {
  const path = join(folder, 'import-trial.ts');
  mkdirSync(join(elsewhere, folder), { recursive: true });
  writeFileSync(
    join(elsewhere, path),
    `import { thing } from '${specifier}';\n\nexport const used = thing;\n`,
  );
  const { stdout, stderr } = spawnSync(resolve('node_modules/.bin/biome'), ['lint', path], {
    encoding: 'utf8',
    cwd: elsewhere,
  });
  return stdout + stderr;
}

describe('imports run one way', () => {
  it.each([
    ['app', '@/db/client'],
    ['app', 'drizzle-orm'],
    ['app', 'pg'],
    ['app', 'next-auth'],
    ['components', '@/lib/env'],
    ['components', '@/app/page'],
    ['components', '@/db/client'],
    ['lib', '@/app/page'],
    ['lib', '@/components/button'],
    ['lib', 'next-auth'],
    ['lib/auth', '@/components/button'],
    ['db', '@/lib/env'],
  ])('%s may not import %s', (folder, specifier) => {
    expect(lint(folder, specifier)).toContain('noRestrictedImports');
  });

  it.each([
    ['app', '@/lib/form-state'],
    ['app', '@/components/button'],
    ['components', '@/lib/form-state'],
    ['lib', '@/db/client'],
    ['lib/auth', 'next-auth'],
    ['db', 'drizzle-orm'],
  ])('%s may import %s', (folder, specifier) => {
    expect(lint(folder, specifier)).not.toContain('noRestrictedImports');
  });
});
