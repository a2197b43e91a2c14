import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { closeDatabase } from '@/db/client';
import { trustAnyDatabase } from '@/db/identity';
import { migrateDatabase } from '@/db/migrate';
import { loadSecretFiles } from '@/lib/settings/secret-files';
import { refoldUsernames } from '@/lib/users/refold-usernames';
import { Sentence } from '../sentence';
import { shownDatabase } from '../shown-database';

/**
 * Runs a command on the migrated database of the desk and closes it afterwards. Prints on stderr which
 * database that is. Never creates one.
 */
export function withDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
  return within(run, { migrate: true });
}

/** The same for the few commands that also work on a restored or copied database. */
export function withAnyDatabase<Result>(
  run: () => Promise<Result>,
  options = { migrate: true },
): Promise<Result> {
  trustAnyDatabase();
  return within(run, options);
}

async function within<Result>(
  run: () => Promise<Result>,
  { migrate }: { migrate: boolean },
): Promise<Result> {
  const problems = loadSecretFiles(process.env);
  if (problems.length > 0) throw new Sentence(problems.join('\n'));
  const { DATABASE_URL } = process.env;
  const giveBack = DATABASE_URL ? async () => undefined : await borrowEmbedded();
  if (DATABASE_URL) console.error(`Using ${shownDatabase(DATABASE_URL)}.`);
  try {
    if (migrate) {
      await migrateDatabase();
      await refoldUsernames();
    }
    return await run();
  } finally {
    await closeDatabase();
    await giveBack();
  }
}

/**
 * Opens the embedded database of `DATA_DIR`: that of a running desk, or one that runs until the returned
 * function is called.
 */
async function borrowEmbedded(): Promise<() => Promise<void>> {
  const folder = resolve(process.env.DATA_DIR || '.data');
  const shown = relative(process.cwd(), folder) || '.';
  if (!existsSync(join(folder, 'postgres/PG_VERSION'))) {
    throw new Sentence(
      `DATABASE_URL is not set, and no desk was ever started with DATA_DIR (${shown}). Set DATABASE_URL.`,
    );
  }
  // The code of the embedded database is loaded only if needed.
  const { openDataFolder } = await import('../embedded/data-folder');
  const { borrowEmbeddedDatabase } = await import('../embedded/embedded-database');
  const { fillInSecrets } = await import('../embedded/generated-secrets');
  const dataFolder = openDataFolder(folder);
  const { url, ownerUrl, stop } = await borrowEmbeddedDatabase(dataFolder);
  process.env.DATABASE_URL = url;
  process.env.MIGRATE_DATABASE_URL = ownerUrl;
  // Events written by a command are sealed with the key of the desk.
  fillInSecrets(process.env, dataFolder);
  console.error(`Using the embedded database in ${shown}.`);
  return stop;
}
