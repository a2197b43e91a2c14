import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { filesForImage } from '@/scripts/test/image-context';

const folder = mkdtempSync(join(tmpdir(), 'keydesk-context-'));
afterAll(() => rmSync(folder, { recursive: true }));

function given(rules: string[], files: string[]): void {
  rmSync(folder, { recursive: true });
  for (const name of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), '');
  }
  writeFileSync(join(folder, '.dockerignore'), rules.join('\n'));
}

test('the image is built from files that pass .dockerignore, where the last matching rule decides', () => {
  given(
    ['# a comment', '*', '!app', '!docs/kept', '!*.ts', '**/.env*', 'app/hidden'],
    [
      'app/page.tsx',
      'app/keys/.env.local',
      'app/hidden/page.tsx',
      'docs/kept/a.md',
      'docs/b.md',
    ].concat(['proxy.ts', 'tests/a.test.ts', '.env', 'node_modules/pg/index.js']),
  );
  expect(filesForImage(folder).sort()).toEqual(['app/page.tsx', 'docs/kept/a.md', 'proxy.ts']);
});

test('it includes the sources of this project, and neither tests, secrets nor the test runner', () => {
  const files = filesForImage('.');
  expect(files).toEqual(expect.arrayContaining(['package-lock.json', 'scripts/build.ts']));
  expect(files.filter((name) => /^(tests|docs|\.git|\.data|node_modules)\//.test(name))).toEqual(
    [],
  );
  expect(files.filter((name) => /\.(env|pem)|scripts\/test/.test(name))).toEqual([]);
});
