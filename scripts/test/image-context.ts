import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import dockerignore from '@balena/dockerignore';
import { codeOf } from '../sentence';

/** What the folder of a build holds besides the files of its context. */
const made = new Set(['node_modules', '.next', 'next-env.d.ts']);

/**
 * Updates a folder to the context of `docker build`: every file that passes `.dockerignore`, committed or
 * not, and the installed packages. Unchanged files are not written, so that a build in it stays newer than
 * its sources.
 */
export function updateImageContext(folder: string): number {
  mkdirSync(folder, { recursive: true });
  const files = filesForImage('.');
  const wanted = new Set(files);
  for (const name of filesIn(folder, '', (path) => !made.has(path))) {
    if (!wanted.has(name)) rmSync(join(folder, name));
  }
  for (const name of files) {
    const target = join(folder, name);
    if (existsSync(target) && readFileSync(target).equals(readFileSync(name))) continue;
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(name, target);
  }
  updatePackages(folder);
  return files.length;
}

/** Every file below `root` that passes its `.dockerignore`. */
export function filesForImage(root: string): string[] {
  const rules = readFileSync(join(root, '.dockerignore'), 'utf8');
  const matcher = dockerignore().add(rules);
  const exceptions = rules.split('\n').filter((line) => line.startsWith('!'));
  const mayHold = (path: string) =>
    !matcher.ignores(path) || exceptions.some((line) => line.slice(1).startsWith(`${path}/`));
  return filesIn(root, '', mayHold).filter((path) => !matcher.ignores(path));
}

function filesIn(root: string, folder: string, enters: (path: string) => boolean): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder ? `${folder}/${entry.name}` : entry.name;
    if (entry.isDirectory()) return enters(path) ? filesIn(root, path, enters) : [];
    return entry.isFile() && enters(path) ? [path] : [];
  });
}

/**
 * The packages as `npm ci` in the image would install them. npm's own list shows whether they have changed.
 */
function updatePackages(folder: string): void {
  const list = 'node_modules/.package-lock.json';
  const target = join(folder, list);
  if (existsSync(target) && readFileSync(target).equals(readFileSync(list))) return;
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  linkTree('node_modules', join(folder, 'node_modules'));
}

/** Hard links on the same disk take a second and no space. */
function linkTree(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (entry.name === '.cache') continue;
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if (codeOf(error) !== 'EXDEV' && codeOf(error) !== 'EPERM') throw error;
    copyFileSync(source, target);
  }
}
