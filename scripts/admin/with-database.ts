import { closeDatabase } from '@/db/client';
import { DatabaseTooOldError, migrateDatabase } from '@/db/migrate';
import { loadSecretFiles } from '@/lib/secret-files';
import { Sentence } from '../sentence';

/** Runs a command on the database that the desk uses, brought up to date; closes it afterwards. */
export async function withDatabase<Result>(run: () => Promise<Result>): Promise<Result> {
  const problems = loadSecretFiles(process.env);
  if (problems.length > 0) throw new Sentence(problems.join('\n'));
  if (!process.env.DATABASE_URL) {
    throw new Sentence(
      'DATABASE_URL is not set: set it to the PostgreSQL that Keydesk uses, postgresql://user:password@host/database.',
    );
  }
  try {
    await migrateDatabase();
    return await run();
  } catch (error) {
    if (error instanceof DatabaseTooOldError) throw new Sentence(error.message);
    throw error;
  } finally {
    await closeDatabase();
  }
}
