import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from '../../helpers/require-program';
import { folderFor, isRoot, started, withFiles } from './programs';

const modules = '/usr/lib/apache2/modules';

/** Those that Debian enables by itself, as far as a recipe needs them. */
const enabledAlready = ['mpm_event', 'authn_core', 'authz_core', 'authz_user'];

/** The modules that a page of the manual tells to enable. */
export const enabledBy = (page: string): string[] =>
  [...readFileSync(page, 'utf8').matchAll(/a2enmod ([a-z0-9_ ]+)/g)].flatMap(([, names = '']) =>
    names.trim().split(' '),
  );

/**
 * Apache with a site and these modules, as `a2enmod` names them.
 *
 * @param files more files, by the path that the site gives them
 */
export async function startApache(
  site: string,
  port: number,
  enabled: string[],
  files: Record<string, string> = {},
): Promise<ChildProcess> {
  requireProgram('apache2');
  const folder = folderFor('apache');
  const loaded = [...enabledAlready, ...enabled]
    .map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`)
    .join('\n');
  const config = join(folder, 'apache2.conf');
  writeFileSync(
    config,
    `ServerRoot ${folder}\nDefaultRuntimeDir ${folder}\nPidFile ${folder}/pid\n
     ErrorLog ${folder}/error.log\nServerName localhost\n
     ${isRoot ? 'User www-data\nGroup www-data\n' : ''}${loaded}\n${withFiles(site, folder, files)}`,
  );
  // As the page wants it: only root and Apache may read what has a service key.
  for (const path of isRoot ? Object.keys(files) : []) {
    const file = join(folder, path.split('/').pop() ?? '');
    execFileSync('chgrp', ['www-data', file]);
    execFileSync('chmod', ['640', file]);
  }
  return started(spawn('apache2', ['-D', 'FOREGROUND', '-f', config]), port, folder);
}
