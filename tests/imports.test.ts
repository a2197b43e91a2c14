import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';

/** A project elsewhere, with our rules: a file among the sources would make the build look old. */
const elsewhere = mkdtempSync(join(tmpdir(), 'keydesk-imports-'));
const rules = JSON.parse(readFileSync('biome.json', 'utf8'));
writeFileSync(join(elsewhere, 'biome.json'), JSON.stringify({ ...rules, vcs: { enabled: false } }));
afterAll(() => rmSync(elsewhere, { recursive: true }));

const refused: [folder: string, specifier: string][] = [
  ['app', '@/db/client'],
  ['app', 'drizzle-orm'],
  ['app', 'pg'],
  ['app', 'next-auth'],
  ['components', '@/lib/settings/settings'],
  ['components', '@/app/page'],
  ['components', '@/db/client'],
  ['lib', '@/app/page'],
  ['lib', '@/components/button'],
  ['lib', 'next-auth'],
  ['lib/auth', '@/components/button'],
  ['db', '@/lib/settings/settings'],
];
const allowed: typeof refused = [
  ['app', '@/lib/forms/form-state'],
  ['app', '@/components/button'],
  ['components', '@/lib/forms/form-state'],
  ['lib', '@/db/client'],
  ['lib/auth', 'next-auth'],
  ['db', 'drizzle-orm'],
];

/** The files with a forbidden import, of one file for each pair, linted in one go. */
function findRefused(): string[] {
  for (const [folder, specifier] of [...refused, ...allowed]) {
    mkdirSync(join(elsewhere, folder), { recursive: true });
    const text = `import { thing } from '${specifier}';\n\nexport const used = thing;\n`;
    writeFileSync(join(elsewhere, fileOf(folder, specifier)), text);
  }
  const { stdout } = spawnSync(
    resolve('node_modules/.bin/biome'),
    ['lint', '--reporter=github', '--max-diagnostics=none', '.'],
    { encoding: 'utf8', cwd: elsewhere },
  );
  const lines = stdout.matchAll(/noRestrictedImports,file=(?:\.\/)?([^,]+),/g);
  return [...lines].map(([, file = '']) => relative(elsewhere, resolve(elsewhere, file)));
}

const fileOf = (folder: string, specifier: string) =>
  `${folder}/imports-${specifier.replaceAll(/\W+/g, '-')}.ts`;

test('imports run one way, and the rules of the linter keep it so', () => {
  const files = refused.map(([folder, specifier]) => fileOf(folder, specifier));
  expect(findRefused().sort()).toEqual(files.sort());
});
