import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'keydesk-preflight-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** The output under this version of Node, on this day, with these packages. */
function preflight(version: string, day: string, packages = ['tsx']) {
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  for (const name of packages) mkdirSync(join(folder, 'node_modules', name), { recursive: true });
  const pretend = `
    Object.defineProperty(process, 'versions', { value: { node: '${version}' } });
    const RealDate = Date;
    globalThis.Date = class extends RealDate { constructor() { super('${day}T12:00:00Z'); } };
    await import('${resolve('scripts/preflight.mjs')}');`;
  const { stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', pretend], {
    encoding: 'utf8',
    cwd: folder,
  });
  return { said: stderr.trim(), status };
}

it.each([
  ['20.15.0', '2026-04-30'],
  ['22.23.4', '2026-11-30'],
  ['24.22.1', '2026-11-30'],
  ['26.0.0', '2026-11-30'],
  ['27.0.0', '2026-11-30'],
])('Node %s starts on %s without a message', (version, day) => {
  expect(preflight(version, day)).toEqual({ said: '', status: 0 });
});

it.each([
  ['20.20.2', '2026-05-01'],
  ['25.9.0', '2026-11-30'],
])('Node %s, without security fixes on %s, starts with a warning in one line', (version, day) => {
  const { said, status } = preflight(version, day);
  expect(said).toMatch(
    /^Node\.js \d+ has had no security fixes since \d{4}-\d\d-\d\d: use Node\.js 24\.$/,
  );
  expect(status).toBe(0);
});

it.each(['18.20.8', '20.14.1', '21.7.3', '22.1.0'])(
  'Node %s, which is too old, is refused',
  (version) => {
    expect(preflight(version, '2024-01-01')).toEqual({
      said: `Keydesk needs Node.js 20.15, 22.2 or newer; this is ${version}.`,
      status: 1,
    });
  },
);

it('missing packages are named, with the command that installs them', () => {
  expect(preflight('24.22.1', '2026-11-30', [])).toMatchObject({ status: 1 });
  expect(preflight('24.22.1', '2026-11-30', ['next'])).toEqual({
    said: 'The packages that build Keydesk are not installed: run npm ci --include=dev.',
    status: 1,
  });
});
