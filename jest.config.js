import nextJest from 'next/jest.js';

/** Packages that contain only ES modules, which Jest must compile. */
const compiled = [
  'next-auth',
  '@auth/core',
  'jose',
  'oauth4webapi',
  'preact',
  'preact-render-to-string',
  '@panva/hkdf',
  'uuid',
  'fast-check',
  'pure-rand',
  'csv-parse',
  'openid-client',
].join('|');

const createConfig = nextJest({ dir: '.' });

async function project(displayName, config) {
  const made = await createConfig({
    displayName,
    roots: ['app', 'components', 'db', 'lib', 'scripts', 'tests'].map(
      (name) => `<rootDir>/${name}`,
    ),
    moduleNameMapper: { '^@/(.*)$': '<rootDir>/$1' },
    ...config,
  })();
  // next/jest puts its own pattern first, which would leave these packages uncompiled.
  made.transformIgnorePatterns = [`/node_modules/(?!(${compiled})/)`, '^.+\\.module\\.css$'];
  return made;
}

export default async () => ({
  testTimeout: 30_000,
  // Not in the folder of the run, because that is new each time.
  cacheDirectory: '<rootDir>/node_modules/.cache/jest',
  projects: [
    await project('node', {
      testEnvironment: 'node',
      testMatch: ['<rootDir>/tests/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/tests/helpers/framework.ts'],
    }),
    await project('dom', {
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/tests/**/*.test.tsx'],
      setupFilesAfterEnv: ['<rootDir>/tests/helpers/dom.ts'],
    }),
  ],
});
