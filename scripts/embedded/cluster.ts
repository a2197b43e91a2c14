import * as fs from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, Sentence } from '../sentence';
import { plainEnvironment, supervise } from '../supervised';
import { type Account, becoming } from './account';
import type { Binaries } from './binaries';

/** pg_trgm needs an LC_CTYPE that knows letters. ICU alone is not enough. */
const locales = [
  ['--locale-provider=icu', '--icu-locale=und', '--lc-collate=C', '--lc-ctype=C.UTF-8'],
  ['--locale-provider=icu', '--icu-locale=und', '--lc-collate=C', '--lc-ctype=en_US.UTF-8'],
  ['--lc-collate=C', '--lc-ctype=C.UTF-8'],
  ['--lc-collate=C', '--lc-ctype=en_US.UTF-8'],
  [],
];

/**
 * Makes the cluster in a draft folder and moves it into place when it is complete. A kill therefore leaves no
 * incomplete cluster, and the second of two parallel starts finds a complete one.
 */
export async function createCluster(
  binaries: Binaries,
  folder: string,
  password: string,
  account: Account | undefined,
): Promise<void> {
  removeDrafts(folder);
  if (fs.existsSync(join(folder, 'PG_VERSION'))) return;
  const draft = `${folder}.draft-${process.pid}`;
  const passwordFile = `${draft}/password`;
  const cluster = `${draft}/cluster`;
  fs.rmSync(draft, { recursive: true, force: true });
  try {
    fs.mkdirSync(cluster, { recursive: true, mode: 0o700 });
    fs.writeFileSync(passwordFile, password, { mode: 0o600 });
    for (const path of account ? [draft, cluster, passwordFile] : []) {
      fs.chownSync(path, account?.uid ?? 0, account?.gid ?? 0);
    }
    await initialize(binaries, cluster, passwordFile, account);
    fs.renameSync(cluster, folder);
    flushFolder(dirname(folder));
  } catch (error) {
    const otherWasFaster = ['ENOTEMPTY', 'EEXIST'].includes(codeOf(error) ?? '');
    if (!otherWasFaster) throw error;
  } finally {
    fs.rmSync(draft, { recursive: true, force: true });
  }
}

async function initialize(
  { folder }: Binaries,
  cluster: string,
  passwordFile: string,
  account: Account | undefined,
) {
  let complaint = '';
  for (const locale of locales) {
    const { child, exited } = supervise(
      [
        join(folder, 'initdb'),
        ...['-D', cluster, '-U', 'postgres', '-E', 'UTF8', '--pwfile', passwordFile],
        ...['--auth=scram-sha-256', '--data-checksums', '--lc-messages=C', ...locale],
      ],
      {
        deathSignal: 'KILL',
        ...becoming(account, [cluster, folder]),
        cwd: '/',
        stdio: ['ignore', 'ignore', 'pipe'],
        env: plainEnvironment(),
      },
    );
    complaint = '';
    child.stderr?.on('data', (text: Buffer) => {
      complaint += text;
    });
    if ((await exited).code === 0) return;
    emptyFolder(cluster);
  }
  const last = complaint.trim().split('\n').pop() ?? '';
  throw new Sentence(`The embedded database cannot be made: ${last.replace(/^\w+: /, '')}`);
}

/** Removes the drafts of starts that were killed. */
function removeDrafts(folder: string) {
  const mark = `${basename(folder)}.draft-`;
  for (const name of fs.readdirSync(dirname(folder))) {
    if (!name.startsWith(mark) || isRunning(Number(name.slice(mark.length)))) continue;
    fs.rmSync(join(dirname(folder), name), { recursive: true, force: true });
  }
}

export function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

function emptyFolder(folder: string) {
  for (const name of fs.readdirSync(folder)) {
    fs.rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function flushFolder(folder: string) {
  const handle = fs.openSync(folder, 'r');
  fs.fsyncSync(handle);
  fs.closeSync(handle);
}
