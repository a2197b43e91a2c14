import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** Parts of addresses that no route of the build names. */
const others = ['', '_next', 'static', 'metrics'];

/**
 * A path as a log may hold it: without its query, and of its parts only those that are words of our own
 * routes or ids of records. Somebody may put a key or a password where a page is asked for.
 */
export function shownPath(url: string, words = routeWords()): string {
  const path = url.split(/[?#]/, 1)[0] ?? '';
  const parts = path.split('/').slice(1, 9);
  return `/${parts.map((part) => (words.has(part) || uuid.test(part) ? part : ':other')).join('/')}`;
}

/** The words of these routes, as the manifest of a build has them: addresses by files. */
export function wordsOf(manifest: Record<string, string>): Set<string> {
  const parts = Object.values(manifest).flatMap((route) => route.split('/'));
  return new Set([...others, ...parts.filter((part) => !part.startsWith('['))]);
}

let known: Set<string> | undefined;

function routeWords(): Set<string> {
  known ??= wordsOf(readManifest());
  return known;
}

/** Only a build has one. While Keydesk is developed, the framework itself prints what is asked for. */
function readManifest(): Record<string, string> {
  try {
    const file = join(process.cwd(), '.next/app-path-routes-manifest.json');
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch {
    return {};
  }
}
