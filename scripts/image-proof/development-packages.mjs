import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** development-packages.mjs LOCK FOLDER: ends with 1 if FOLDER holds a package only for builds or tests. */
const [lock, folder] = process.argv.slice(2);
const { packages } = JSON.parse(readFileSync(lock, 'utf8'));
const found = Object.entries(packages)
  .filter(([path, { dev }]) => dev && existsSync(join(folder, path)))
  .map(([path]) => path);
process.stdout.write(`${found.join('\n')}\n`);
process.exitCode = found.length > 0 ? 1 : 0;
