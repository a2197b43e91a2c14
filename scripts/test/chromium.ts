import { spawnSync } from 'node:child_process';
import { Sentence } from '../sentence';
import { findOnPath } from '../supervised';

/** First the headless shell, in which a page takes half the time. */
const names = [
  'chromium-headless-shell',
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** A browser for the tests: an installed one, or one that can be installed on this machine. */
export async function findChromium(): Promise<string> {
  const found = await present();
  if (found) return found;
  for (const install of installers()) {
    console.log(`No Chromium is here: ${install.map((line) => line.join(' ')).join(' && ')}`);
    const done = install.every(([file = '', ...args]) => succeeds(file, args));
    const installed = done ? await present() : undefined;
    if (installed) return installed;
  }
  throw new Sentence(
    'There is no Chromium and none could be installed: set CHROMIUM_PATH to one, or install chromium.',
  );
}

async function present(): Promise<string | undefined> {
  const { chromium } = await import('@playwright/test');
  const given = process.env.CHROMIUM_PATH;
  const places = given ? [given] : [...names.map(findOnPath), chromium.executablePath()];
  // Some distributions have a program of that name that only explains how to install another.
  return places.find((path) => path && runs(path));
}

function runs(path: string): boolean {
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return status === 0 && /chrom/i.test(stdout);
}

function* installers(): Generator<string[][]> {
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const mayUseApt =
    findOnPath('apt-get') && (asRoot.length === 0 || succeeds('sudo', ['-n', 'true']));
  if (mayUseApt) {
    const apt = [...asRoot, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get'];
    const install = [...apt, 'install', '-y', '--no-install-recommends'];
    yield [
      [...apt, 'update'],
      [...install, 'chromium-headless-shell'],
    ];
    // Older distributions have only the complete browser.
    yield [[...install, 'chromium']];
  }
  yield [['npx', 'playwright', 'install', 'chromium']];
}

/** An installer writes to stderr, because the last line of stdout is the result of the tests. */
function succeeds(file: string, args: string[]): boolean {
  return spawnSync(file, args, { stdio: ['ignore', 2, 2] }).status === 0;
}
