import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

/** Makes the symbolic links that the package of PostgreSQL lists. */
const root = process.argv[2];
const list = join(root, 'native/pg-symlinks.json');
for (const { source, target } of existsSync(list) ? JSON.parse(readFileSync(list, 'utf8')) : []) {
  const from = dirname(join(root, target));
  const link = join(from, basename(target));
  const to = relative(from, join(root, source));
  if (!existsSync(link)) symlinkSync(to, link);
}
