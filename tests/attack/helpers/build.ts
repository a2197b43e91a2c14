import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { product } from '../../helpers/product';

const built = product();

function manifest<Content>(name: string): Content {
  return JSON.parse(readFileSync(join(built, '.next/server', name), 'utf8'));
}

export type BuiltAction = { id: string; name: string };

/** Every server action of the build that accepts a POST. */
export function builtActions(): BuiltAction[] {
  type Manifest = Record<'node' | 'edge', Record<string, { exportedName: string }>>;
  const { node, edge } = manifest<Manifest>('server-reference-manifest.json');
  const all = Object.entries({ ...node, ...edge });
  return all.map(([id, { exportedName }]) => ({ id, name: exportedName }));
}

/** Every page or route handler of the build by its address, including `[id]`. */
export function builtPaths(kind: 'page' | 'route'): string[] {
  return Object.keys(manifest<Record<string, string>>('app-paths-manifest.json'))
    .filter((path) => path.endsWith(`/${kind}`) && !path.startsWith('/_'))
    .map((path) => path.slice(0, -kind.length - 1).replaceAll(/\/\([^)]+\)/g, '') || '/')
    .sort();
}

/** A copy of the build in which nothing leads to `proxy.ts`. */
export function buildWithoutProxy(): string {
  const copy = mkdtempSync(join(tmpdir(), 'keydesk-without-proxy-'));
  const manifestName = 'functions-config-manifest.json';
  link('', ['.next', 'server.js']);
  link('.next', ['server']);
  link('.next/server', [manifestName]);
  cpSync(join(built, 'server.js'), join(copy, 'server.js'));
  const { functions, ...rest } = manifest<{ functions: Record<string, unknown> }>(manifestName);
  const { '/_middleware': proxy, ...kept } = functions;
  if (!proxy) throw new Error('The build has no proxy to take away.');
  writeFileSync(
    join(copy, '.next/server', manifestName),
    JSON.stringify({ ...rest, functions: kept }),
  );
  return copy;

  function link(folder: string, but: string[]) {
    mkdirSync(join(copy, folder), { recursive: true });
    for (const name of readdirSync(join(built, folder)).filter((one) => !but.includes(one))) {
      symlinkSync(join(built, folder, name), join(copy, folder, name));
    }
  }
}
