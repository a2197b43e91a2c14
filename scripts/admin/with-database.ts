import { closeDatabase } from '@/db/client';
import { DatabaseUnfitError, migrateDatabase } from '@/db/migrate';
import { loadSecretFiles } from '@/lib/secret-files';
import { Sentence } from '../sentence';

/** Runs a command on the database that the desk uses, brought up to date; closes it afterwards. */
export async function withDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
  const problems = loadSecretFiles(process.env);
  if (problems.length > 0) throw new Sentence(problems.join('\n'));
  const giveBack = process.env.DATABASE_URL ? async () => undefined : await borrowEmbedded();
  try {
    await migrateDatabase();
    return await run();
  } catch (error) {
    if (error instanceof DatabaseUnfitError) throw new Sentence(error.message);
    throw error;
  } finally {
    await closeDatabase();
    await giveBack();
  }
}

/** The embedded database of `DATA_DIR`: of the desk that runs on it, or ours until it is given back. */
async function borrowEmbedded(): Promise<() => Promise<void>> {
  // With a database of one's own, nothing of the embedded one is even loaded.
  const { openDataFolder } = await import('../embedded/data-folder');
  const { borrowEmbeddedDatabase } = await import('../embedded/embedded-database');
  const { fillInSecrets } = await import('../embedded/generated-secrets');
  const dataFolder = openDataFolder(process.env.DATA_DIR || '.data');
  const { url, ownerUrl, stop } = await borrowEmbeddedDatabase(dataFolder);
  process.env.DATABASE_URL = url;
  process.env.MIGRATE_DATABASE_URL = ownerUrl;
  // Events that a command writes are sealed with the key of the desk.
  fillInSecrets(process.env, dataFolder);
  return stop;
}
