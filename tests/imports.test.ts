import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Lints a file with one import as if it stood there, and returns what Biome says. */
function lint(folder: string, specifier: string): string {
  const path = join(folder, 'import-trial.ts');
  const { stdout, stderr } = spawnSync(
    'node_modules/.bin/biome',
    ['lint', `--stdin-file-path=${path}`],
    {
      encoding: 'utf8',
      input: `import { thing } from '${specifier}';\n\nexport const used = thing;\n`,
    },
  );
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
