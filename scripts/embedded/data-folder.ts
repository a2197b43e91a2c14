import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { codeOf, Sentence } from '../sentence';

/** Makes the folder for the embedded database and the generated secrets, with access only for its owner. */
export function openDataFolder(path: string): string {
  const folder = resolve(path);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    if (statSync(folder).mode & 0o077) chmodSync(folder, 0o700);
    return folder;
  } catch (error) {
    throw new Sentence(`DATA_DIR must be a folder that we can read and write: ${why(error)}.`);
  }
}

function why(error: unknown): string {
  const reasons: Record<string, string> = {
    EACCES: 'permission is denied',
    EPERM: 'it belongs to another user',
    EROFS: 'the file system is read-only',
    ENOSPC: 'the disk is full',
    ENOTDIR: 'a part of the path is a file',
    EEXIST: 'it is a file',
  };
  return reasons[codeOf(error) ?? ''] ?? `it cannot be opened (${codeOf(error)})`;
}
