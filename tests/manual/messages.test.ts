import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf } from './helpers/run-block';

const folders = ['app', 'components', 'lib', 'db', 'scripts', 'docker'];

/** All texts of the product, without the line breaks and quotes of the code. */
const texts = folders
  .flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(ts|tsx|mjs)$/.test(name))
      .map((name) => readFileSync(join(folder, name), 'utf8')),
  )
  .join('\n')
  .replaceAll("\\'", "'");

/** The pieces of a message between what differs. */
const pieces = (message: string) =>
  message
    .split('…')
    .map((piece) => piece.trim())
    .filter((piece) => piece.length > 2);

const missing = (messages: string[]) =>
  messages.filter((message) => pieces(message).some((piece) => !texts.includes(piece)));

it('docs/troubleshooting.md quotes what the product says', () => {
  const rows = readFileSync('docs/troubleshooting.md', 'utf8').match(/^\| [^|]+/gm) ?? [];
  const quoted = rows.flatMap((row) =>
    [...row.matchAll(/"([^"]+)"/g)].map(([, text = '']) => text),
  );
  expect(quoted.length).toBeGreaterThanOrEqual(25);
  expect(missing(quoted)).toEqual([]);
});

it('README.md shows what the first start prints', () => {
  const [block = ''] = blocksOf('README.md', 'text');
  const shown = block
    .replace(/as admin with/, 'as … with')
    .replace(/\bhttp:\S+?(?=\/api|$)/gm, '…');
  expect(missing(shown.trim().split('\n'))).toEqual([]);
});

it('finds a message that nobody says', () => {
  expect(missing(['Keydesk is on fire.', 'Port … is in use: set PORT to another.'])).toEqual([
    'Keydesk is on fire.',
  ]);
});
