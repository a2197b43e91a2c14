import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagePool } from '@/db/client';
import { useTestDatabase } from '../helpers/database';
import { requireProgram } from '../helpers/require-program';
import { coveredBlocks } from './helpers/blocks';
import { covers } from './helpers/covers';
import { readManual } from './helpers/pages';

// Redocly reads our description in YAML or JSON, and brings the parser.
const { loadAll } = createRequire(require.resolve('@redocly/cli/package.json'))('js-yaml') as {
  loadAll(text: string): unknown[];
};

useTestDatabase();
const folder = mkdtempSync(join(tmpdir(), 'keydesk-blocks-'));
afterAll(() => rmSync(folder, { recursive: true }));

const all = coveredBlocks(readManual(), covers);
const blocksIn = (language: string) =>
  all
    .filter(({ block }) => block.language === language)
    .map(({ page, block, cover }) => ({ place: `${page.path}:${block.line}`, ...block, cover }));

it.each(blocksIn('json'))('$place is JSON', ({ code }) => {
  expect(() => JSON.parse(code)).not.toThrow();
});

it.each(blocksIn('yaml'))('$place is YAML', ({ code }) => {
  for (const document of loadAll(code)) expect(document).toEqual(expect.any(Object));
});

it.each(blocksIn('js'))('$place is JavaScript', ({ code }) => {
  const file = join(folder, 'block.mjs');
  writeFileSync(file, code);
  execFileSync(process.execPath, ['--check', file], { stdio: 'pipe' });
});

it.each(blocksIn('sh'))('$place is a script for sh', ({ code }) => {
  execFileSync('sh', ['-n'], { input: code, stdio: 'pipe' });
});

it.each(blocksIn('python'))('$place is Python', ({ code }) => {
  requireProgram('python3');
  const program = 'import ast, sys; ast.parse(sys.stdin.read())';
  execFileSync('python3', ['-c', program], { input: code, stdio: 'pipe' });
});

// Statements that make roles and databases run on a server of their own, in another test.
const queries = blocksIn('sql').filter(({ cover }) => cover === undefined);

it('every query runs in our database', async () => {
  for (const { place, code } of queries) {
    const client = await pagePool().connect();
    try {
      await client.query('begin');
      await client.query(code.replaceAll('…', '0'));
    } catch (error) {
      throw new Error(`${place}: ${error}`);
    } finally {
      await client.query('rollback');
      client.release();
    }
  }
});

it('finds a query that names a column that is none', async () => {
  await expect(pagePool().query('select no_such_column from api_key')).rejects.toThrow('column');
});
