import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Sentence } from '../sentence';
import { findSetpriv } from '../supervised';

/** The account that runs PostgreSQL, which refuses to run as root. */
export type Account = { uid: number; gid: number };

export function findAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid && gid) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Sentence('PostgreSQL must not run as root: make a user named postgres.');
}

type Identity = { setpriv?: string[]; uid?: number; gid?: number };

/**
 * How a process changes to that account. If a path is in a folder closed to it (`/root`, a temporary folder),
 * the process may also pass through closed folders, and nothing more.
 */
export function becoming(account: Account | undefined, paths: string[]): Identity {
  if (!account) return {};
  if (!findSetpriv()) return account;
  const setpriv = [`--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
  if (paths.every((path) => isReachable(path, account))) return { setpriv };
  const has = permitted();
  const capability = passing(has);
  // Without it the capability does not count for access(2), by which initdb looks for the programs beside it.
  const counted = has(setPcap) ? ['--securebits=+no_setuid_fixup'] : [];
  const passes = [`--inh-caps=+${capability}`, `--ambient-caps=+${capability}`];
  return { setpriv: [...setpriv, ...counted, ...passes] };
}

function isReachable(path: string, { uid, gid }: Account): boolean {
  const start = existsSync(path) ? realpathSync(path) : dirname(path);
  for (let folder = start; ; folder = dirname(folder)) {
    const stat = statSync(folder);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** The numbers that capabilities have. */
const [dacOverride, dacReadSearch, setPcap] = [1n, 2n, 8n];

/** @returns whether this process has a capability */
function permitted(): (bit: bigint) => boolean {
  const found = /CapPrm:\s*(\S+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? '0';
  return (bit) => ((BigInt(`0x${found}`) >> bit) & 1n) === 1n;
}

/** Containers usually take the narrower of the two capabilities from root. */
function passing(has: (bit: bigint) => boolean): string {
  if (has(dacReadSearch)) return 'dac_read_search';
  if (has(dacOverride)) return 'dac_override';
  throw new Sentence('DATA_DIR lies in a folder that the user of PostgreSQL cannot enter.');
}
