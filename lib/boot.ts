import 'server-only';
import { DatabaseTooOldError, migrateDatabase } from '@/db/migrate';
import { ensureFirstAdministrator } from './auth/first-administrator';
import { keepTheDoor } from './door';
import { drainOnSignal } from './drain';
import { SettingsError, settings } from './env';
import { serveVerification } from './verify/serve';

/**
 * Everything between the start of the process and its first answer. On failure it prints one clear
 * line and ends the process: a thrown error would leave the server running half started.
 */
export async function boot(): Promise<void> {
  try {
    const { DATABASE_URL, ADMIN_USERNAME, ADMIN_PASSWORD, AUTH_URL } = settings();
    // Given by file, these are not in the environment, where the pool and NextAuth look.
    process.env.DATABASE_URL = DATABASE_URL;
    process.env.AUTH_URL = AUTH_URL;
    keepTheDoor();
    drainOnSignal();
    await migrateDatabase();
    if (ADMIN_USERNAME && ADMIN_PASSWORD) {
      await ensureFirstAdministrator({ username: ADMIN_USERNAME, password: ADMIN_PASSWORD });
    }
    await serveVerification();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/** The reason in words for the operator, without address or password of the database. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError || error instanceof DatabaseTooOldError) return error.message;
  const code = (error as { code?: unknown })?.code;
  const reason = typeof code === 'string' ? code : (error as Error)?.name;
  return `The database cannot be used (${reason}): check DATABASE_URL and that PostgreSQL is running.`;
}
