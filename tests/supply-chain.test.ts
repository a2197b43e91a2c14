import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isWellFormedSecret, mintSecret } from '@/lib/keys/secret/secret';

type Locked = {
  version: string;
  dev?: boolean;
  hasInstallScript?: boolean;
  integrity?: string;
  /** The package is inside the archive of another one and has no checksum of its own. */
  inBundle?: boolean;
};

const root = join(__dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
const installed = Object.entries(packages).filter(([path]) => path !== '');

/** The last number decides between prereleases: 5.0.0-beta.32 is older than 5.0.0-beta.33. */
function isAtLeast(version: string, floor: string): boolean {
  const [one, other] = [version, floor].map((text) => text.split(/\D+/).map(Number));
  for (const [at, wanted] of (other ?? []).entries()) {
    const found = one?.[at] ?? Number.POSITIVE_INFINITY;
    if (found !== wanted) return found > wanted;
  }
  return true;
}

/** Versions below these have known vulnerabilities. See docs/security-model.md. */
const floors: [name: string, floor: string][] = [
  ['next', '16.4.6'],
  ['react', '19.3.1'],
  ['react-dom', '19.3.1'],
  ['next-auth', '5.0.0-beta.32'],
  ['sharp', '0.35.5'],
];

test.each(floors)('every copy of %s is %s or newer', (name, floor) => {
  const copies = installed.filter(([path]) => path.endsWith(`node_modules/${name}`));
  // The image optimizer is off, so `sharp` need not be installed.
  if (name !== 'sharp') expect(copies).not.toEqual([]);
  expect(copies.filter(([, { version }]) => !isAtLeast(version, floor))).toEqual([]);
});

test.each([
  ['16.4.5', '16.4.6', false],
  ['16.10.0', '16.4.6', true],
  ['19.3.1', '19.3.1', true],
  ['5.0.0-beta.31', '5.0.0-beta.32', false],
  ['5.0.0', '5.0.0-beta.32', true],
  ['4.24.15', '5.0.0-beta.32', false],
])('control: %s against the floor %s', (version, floor, expected) => {
  expect(isAtLeast(version, floor)).toBe(expected);
});

test('all versions are exact, and the installed packages match the lock', () => {
  const { dependencies, devDependencies } = JSON.parse(read('package.json'));
  const versions = Object.values<string>({ ...dependencies, ...devDependencies });
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))).toEqual([]);
  const fetched = installed.filter(([, { inBundle }]) => !inBundle);
  expect(fetched.filter(([, { integrity }]) => !integrity?.startsWith('sha512-'))).toEqual([]);
});

test('no package that serves requests runs an install script', () => {
  const scripted = installed.filter(([, one]) => one.hasInstallScript && !one.dev);
  expect(scripted.map(([path]) => path)).toEqual([]);
  expect(read('Dockerfile')).not.toMatch(/npm ci(?!.*--ignore-scripts)/);
});

describe('the rules for leak scanners', () => {
  const patterns = {
    gitleaks: /^regex = '''(.*)'''$/m.exec(read('docs/leak-scanning/gitleaks.toml'))?.[1],
    trufflehog: /secret: '(.*)'$/m.exec(read('docs/leak-scanning/trufflehog.yaml'))?.[1],
  };

  it.each(Object.entries(patterns))(
    '%s finds 100 fresh secrets, whatever is around them',
    (_name, pattern = '(?!)') => {
      for (let round = 0; round < 100; round++) {
        const secret = mintSecret('kd');
        for (const text of [secret, `key="${secret}"`, `a ${secret}, b`, `x=${secret}&y`]) {
          expect(new RegExp(pattern).exec(text)?.[1]).toBe(secret);
        }
      }
    },
  );

  it.each(Object.entries(patterns))(
    '%s finds nothing in the packages beside us',
    (_name, pattern = '.') => {
      const folder = join(root, 'node_modules');
      const files = readdirSync(folder)
        .flatMap((name) => (name.startsWith('@') ? scoped(folder, name) : [name]))
        .map((name) => join(folder, name, 'package.json'))
        .filter((path) => existsSync(path));
      expect(files.length).toBeGreaterThan(200);
      const rule = new RegExp(pattern);
      expect(files.filter((path) => rule.test(readFileSync(path, 'utf8')))).toEqual([]);
    },
  );

  const scoped = (folder: string, scope: string) =>
    readdirSync(join(folder, scope)).map((name) => `${scope}/${name}`);

  it('recognize a key by the documented checksum', () => {
    const secret = mintSecret('kd');
    const changed = secret.slice(0, -7) + (secret.at(-7) === 'a' ? 'b' : 'a') + secret.slice(-6);
    expect([isWellFormedSecret(secret), isWellFormedSecret(changed)]).toEqual([true, false]);
  });
});
