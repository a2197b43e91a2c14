import { createHash } from 'node:crypto';
import { copyFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isBuildNeeded } from '../build-freshness';
import { exclusively } from './exclusive';
import { updateImageContext } from './image-context';
import { runProgram } from './stage';

/** A folder for this checkout only, the same in every run, so that a build can be used again. */
const context = join(
  process.env.KEYDESK_TEST_BUILDS ?? tmpdir(),
  `keydesk-build-${createHash('sha256').update(resolve('.')).digest('hex').slice(0, 12)}`,
);

export type Product = {
  /** The sources of the image, with the packages and the build. */
  source: string;
  /**
   * The content of the image, as a copy outside the sources, so that missing files are not found by chance.
   */
  folder: string;
};

/**
 * Builds the product from exactly the files of the image, in a folder of its own.
 *
 * @returns undefined if it does not build; the compiler has printed why
 */
export function buildProduct(folder: string): Promise<Product | undefined> {
  // Two runs in one checkout share the build, one after the other.
  return exclusively(`${context}.lock`, () => buildInto(folder));
}

async function buildInto(folder: string): Promise<Product | undefined> {
  const count = updateImageContext(context);
  const needed = isBuildNeeded(context);
  console.log(`${count} files pass .dockerignore; ${needed ? 'building them' : 'they are built'}.`);
  if (needed && !(await build())) return undefined;
  cpSync(join(context, '.next/standalone'), folder, { recursive: true, verbatimSymlinks: true });
  for (const name of ['start.mjs', 'health.mjs']) {
    copyFileSync(join(context, 'docker', name), join(folder, name));
  }
  return { source: context, folder };
}

const build = () =>
  runProgram([process.execPath, '--import', 'tsx', 'scripts/build.ts'], {}, { cwd: context });
