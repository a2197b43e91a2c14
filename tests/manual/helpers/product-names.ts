import { readdirSync, readFileSync } from 'node:fs';
import { openApi } from '@/lib/api/openapi';
import { chosenTypeNames } from '@/lib/notices/chosen-types';
import { secretNames } from '@/lib/settings/secret-files';
import { settingNames } from '@/lib/settings/settings-schema';
import { codes } from '@/lib/verify/verdict';
import { keysUsage } from '@/scripts/admin/keys/keys-usage';
import { usage } from '@/scripts/admin/usage';
import packageJson from '../../../package.json';
import { pageEntryPoints } from '../../attack/helpers/entry-points';
import type { Kind } from './names';

/** Of Compose, clients, benches, build and Node. */
const othersVariables = [
  ...[
    'POSTGRES_PASSWORD',
    'POSTGRES_APP_PASSWORD',
    'PROVE_KEYS',
    'PROVE_LOG',
    'KEYDESK_URL',
    'KEYDESK_SERVICE_KEY',
    'NODE_EXTRA_CA_CERTS',
    'NODE_ENV',
  ],
  ...['BENCH_DATABASE_URL', 'BENCH_KEYS', 'BENCH_ROUNDS', 'BENCH_SECONDS'],
];

export const settings: Kind = {
  what: 'setting',
  names: settingNames,
  alsoKnown: [...secretNames.map((name) => `${name}_FILE`), ...codes, ...othersVariables],
  form: /`([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+)(?:=[^`]*)?`/g,
};

/** The files that count, whose names in quotes are those of metrics. A test of their own asks both threads. */
const metricFiles = [
  'lib/verify/metrics.ts',
  'lib/verify/request-times.ts',
  ...readdirSync('lib/metrics').map((name) => `lib/metrics/${name}`),
];

const metricNames = metricFiles.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/['`](keydesk_[a-z_]+)/g)].map(([, name = '']) => name),
);

export const metrics: Kind = {
  what: 'metric',
  names: [...new Set(metricNames)],
  alsoKnown: metricNames.flatMap((name) =>
    ['bucket', 'sum', 'count'].map((end) => `${name}_${end}`),
  ),
  form: /(?<![\w$])(keydesk_(?!app\b|before\b|restored\b|audit\b|user\b|key\b|scopes\b|verify\b|desk_)[a-z_]+[a-z])/g,
};

export const types: Kind = {
  what: 'type of event',
  names: chosenTypeNames,
  // Fields of an answer, and of how others call them.
  alsoKnown: ['user.id', 'user.name', 'api.operation', 'audit.timestamp', 'audit.type'],
  form: /`((?:key|user|policy|webhook|notice|administrator|audit|account|session|api)\.[a-z][a-z-]*)`/g,
};

const commandsOf = (text: string) =>
  [...text.matchAll(/^ {2}((?:audit )?[a-z-]+)(?: |$)/gm)].map(([, name = '']) => name);
const keyCommands = [...keysUsage.matchAll(/^ {2}keys ([a-z]+)/gm)].map(([, name = '']) => name);

export const commands: Kind = {
  what: 'command',
  names: [...new Set(commandsOf(usage))],
  isNamed: (text, name) => new RegExp(`(?:admin -- |admin\\.mjs |\`)${name}(?![\\w-])`).test(text),
  form: /(?:run (?:--silent )?admin -- |admin\.mjs )(audit [a-z]+|[a-z][a-z-]*)/g,
};

export const keysCommands: Kind = {
  what: 'command for keys',
  names: keyCommands,
  isNamed: (text, name) => new RegExp(`(?:admin -- |\`)keys ${name}\\b`).test(text),
  form: /(?:admin -- |admin\.mjs )keys ([a-z]+)/g,
};

export const scripts: Kind = {
  what: 'script of npm',
  names: [],
  alsoKnown: Object.keys(packageJson.scripts),
  form: /npm run (?:--silent )?([a-z][a-z:-]*)/g,
};

/** Only pages of ours call these, so they are no part of the API. */
const partsOfPages =
  /^\/(?:(?:keys|users|audit)\/(?:export|suggestions|scope-suggestions|import\/|\[id\]\/impact))/;

function appPaths(file: string): string[] {
  return readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((path) => path.split('/').at(-1) === file)
    .map((path) => `/${path.replace(/\([^)]*\)\//, '').replace(/\/?[^/]*$/, '')}`);
}

const described = Object.keys(openApi('https://keys.example.org').paths as Record<string, unknown>);

export const routes: Kind = {
  what: 'route',
  names: [
    '/metrics',
    ...described,
    ...appPaths('route.ts').filter((path) => !partsOfPages.test(path) && !/\[/.test(path)),
  ],
  alsoKnown: ['/api/v1'],
  isNamed: (text, path) =>
    new RegExp(`(?<![\\w.-])${path.replace(/[.{}]/g, '\\$&')}(?![\\w/{-])`).test(text),
  form: /(?<![\w}])(\/api\/v1(?:\/[a-z{][\w{}.-]*)*)(?![\w/$*])/g,
};

/** The screens, with the least role that opens each. */
export const screenRoles: [path: string, role: string][] = appPaths('page.tsx')
  .sort()
  .map((path) => [path, pageEntryPoints[path]?.role ?? 'none']);

export const screens: Kind = {
  what: 'screen',
  names: screenRoles.map(([path]) => path),
  isNamed: (text, path) => text.includes(`\`${path}\``),
};
