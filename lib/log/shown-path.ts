import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Path segments that no route of the build names. */
const others = ['', '_next', 'static', 'metrics'];

/**
 * A path that a log may hold. It has no query and keeps only words of our own routes and ids of records,
 * because somebody may type a key or a password into an address.
 */
export function shownPath(url: string, words = routeWords()): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const parts = path.split('/').slice(1, 9);
  return `/${parts.map((part) => (words.has(part) || uuid.test(part) ? part : ':other')).join('/')}`;
}

/** The words of the routes in a build's manifest, which maps files to addresses. */
export function wordsOf(manifest: Record<string, string>): Set<string> {
  const parts = Object.values(manifest).flatMap((route) => route.split('/'));
  return new Set([...others, ...parts.filter((part) => !part.startsWith('['))]);
}

let known: Set<string> | undefined;

function routeWords(): Set<string> {
  known ??= wordsOf(readManifest());
  return known;
}

/** Only a build has a manifest. In development the framework itself prints the requested paths. */
function readManifest(): Record<string, string> {
  try {
    const file = join(process.cwd(), '.next/app-path-routes-manifest.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
