import { type Dirent, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Written last, so that an interrupted build does not count. */
const mark = '.next/keydesk-build';
const server = '.next/standalone/server.js';
const folders = ['app', 'components', 'db', 'lib', 'messages', 'public'];
const others = /^next-env\.d\.ts$|^biome\.json$|^(jest|drizzle)\.config\.|\.tsbuildinfo$/;

/** Whether there is no build in the folder, or any source is newer than it. */
export function isBuildNeeded(root = '.'): boolean {
  const built = statSync(join(root, mark), { throwIfNoEntry: false })?.mtimeMs;
  const isThere = statSync(join(root, server), { throwIfNoEntry: false });
  return !built || !isThere || newest(root) > built;
}

export function markBuilt(startedAt: Date): void {
  writeFileSync(mark, '');
  utimesSync(mark, startedAt, startedAt);
}

function newest(root: string): number {
  const settings = readdirSync(root, { withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.([cm]?[jt]sx?|json)$/.test(entry.name))
    .filter((entry) => !others.test(entry.name));
  return Math.max(
    ...settings.map(({ name }) => statSync(join(root, name)).mtimeMs),
    ...folders.map((folder) => newestIn(join(root, folder))),
  );
}

/** Includes folders, because removing a file changes only its folder. */
function newestIn(folder: string): number {
  const own = statSync(folder, { throwIfNoEntry: false })?.mtimeMs;
  if (own === undefined) return 0;
  const times = readdirSync(folder, { withFileTypes: true }).map((entry: Dirent) =>
    entry.isDirectory()
      ? newestIn(join(folder, entry.name))
      : statSync(join(folder, entry.name)).mtimeMs,
  );
  return Math.max(own, ...times);
}
