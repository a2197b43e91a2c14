import { symlinkSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { bundled, nodeOptions } from './bundled';

/** Writes a script for sh into a folder that comes first in the PATH. */
export function writeProgram(folder: string, name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
}

/** Replaces compose by what it runs in the containers. Services are not started by it. */
export function writeDocker(folder: string): void {
  writeProgram(
    folder,
    'docker',
    `[ "$1" = compose ] || exit 1
    case "$2" in exec | run) shift 2 ;; *) exit 0 ;; esac
    while case "$1" in -*) true ;; *) false ;; esac; do shift; done
    shift
    exec "$@"`,
  );
}

const admin = async () =>
  [process.execPath, ...nodeOptions, await bundled('scripts/admin.ts')].join(' ');

/** Replaces `node admin.mjs` of the image, which has the bundle beside the migrations. */
export async function writeNode(folder: string): Promise<void> {
  symlinkSync(resolve('db'), join(folder, 'db'));
  writeProgram(folder, 'node', `[ "$1" = admin.mjs ] || exit 1\nshift\nexec ${await admin()} "$@"`);
}

/** Starts the bundled program in place of `npm run admin --`, which compiles its sources first. */
export async function writeNpm(folder: string): Promise<void> {
  const words = 'while [ "$1" != -- ]; do shift; done; shift';
  writeProgram(folder, 'npm', `cd ${resolve('.')}\n${words}\nexec ${await admin()} "$@"`);
}
