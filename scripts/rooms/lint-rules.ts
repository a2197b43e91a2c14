import { closedTo, rooms } from './rooms';

type Restriction = {
  includes: string[];
  paths?: Record<string, string>;
  group: string[];
  message: string;
};

const upperLayers = ['@/app/**', '@/components/**'];
const nextAuth = { 'next-auth': 'NextAuth is seen in lib/auth only.' };

/** What each part of the project may not import, from the top down, with one entry for each room of `lib`. */
const restrictions: Restriction[] = [
  {
    includes: ['app/**'],
    paths: {
      'drizzle-orm': 'Tables and queries live in lib and db.',
      pg: 'Tables and queries live in lib and db.',
      ...nextAuth,
    },
    group: ['@/db/**', '**/db/**', 'drizzle-orm/**', 'next-auth/**'],
    message: 'app imports components and lib; lib imports db.',
  },
  {
    includes: ['components/**'],
    paths: Object.fromEntries(
      ['drizzle-orm', 'pg', 'next-auth'].map((name) => [
        name,
        'components know nothing of Keydesk.',
      ]),
    ),
    group: [
      '@/app/**',
      '@/db/**',
      '@/lib/**',
      '!@/lib/forms/form-state',
      '!@/lib/forms/whole-key',
      'drizzle-orm/**',
    ],
    message: 'components import nothing of ours but what is client-safe (form-state, whole-key).',
  },
  ...rooms.map(({ name }) => ({
    includes: [`lib/${name}/**`],
    ...(name === 'auth' ? {} : { paths: nextAuth }),
    group: [
      ...upperLayers,
      ...closedTo(name).map((other) => `**/${other}/**`),
      ...(name === 'auth' ? [] : ['next-auth/**']),
    ],
    message: `lib/${name} imports only rooms of lower floors (docs/development.md) and db.`,
  })),
  {
    includes: ['db/**'],
    group: [...upperLayers, '@/lib/**'],
    message: 'db imports nothing of ours.',
  },
];

/** The overrides of `biome.json` that allow imports in one direction only. */
export const importOverrides = restrictions.map(({ includes, paths, group, message }) => ({
  includes,
  linter: {
    rules: {
      style: {
        noRestrictedImports: {
          level: 'error',
          options: { ...(paths && { paths }), patterns: [{ group, message }] },
        },
      },
    },
  },
}));
