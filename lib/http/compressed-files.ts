import 'server-only';
import { existsSync, readdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';

const root = '/_next/static/';
const folder = '.next/static';

/** Smallest first; the endings are those that `scripts/build.ts` gives its copies. */
const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
];

/** The framework would go by the ending of the copy. */
const types = new Map([
  ['js', 'application/javascript; charset=UTF-8'],
  ['css', 'text/css; charset=UTF-8'],
]);

/**
 * Leads requests for scripts and styles to the copies that were compressed when they were built. The
 * framework would compress each of them again for each browser: 22 ms of processor time for the files of
 * a first load of `/keys`, as 20 such loads in a row took it.
 */
export function leadToCompressed(): (request: IncomingMessage, response: ServerResponse) => void {
  // Nothing else may be asked for: what is not in the list goes its way.
  const copies = new Set(
    existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [],
  );
  return (request, response) => {
    const path = request.url ?? '/';
    const type = types.get(path.slice(path.lastIndexOf('.') + 1));
    if (!type || !path.startsWith(root)) return;
    const accepted = `${request.headers['accept-encoding'] ?? ''}`.split(/\s*,\s*/);
    const best = encodings.find(
      ({ name, ending }) =>
        accepted.includes(name) && copies.has(`${path.slice(root.length)}${ending}`),
    );
    if (!best) return;
    request.url = `${path}${best.ending}`;
    response.setHeader('Content-Type', type);
    response.setHeader('Content-Encoding', best.name);
    response.setHeader('Vary', 'Accept-Encoding');
  };
}
