import 'server-only';
import { databaseProblem } from '@/db/database-problem';
import { migrateDatabase } from '@/db/migrate';
import { printAnchor, printAnchors } from '@/lib/audit/anchor-log';
import { beginAuditLog, startAuditLog } from '@/lib/audit/audit-log';
import { ensureFirstAdministrator } from '@/lib/auth/first-administrator';
import { sanitizeRequests } from '@/lib/http/trusted-headers';
import { countTwins } from '@/lib/lists/username';
import { logRequests } from '@/lib/log/access-log';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { quietConsole } from '@/lib/log/quiet-console';
import { startDeliveryWorker } from '@/lib/notices/delivery-worker';
import { SettingsError } from '@/lib/settings/parse-settings';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { refoldUsernames } from '@/lib/users/refold-usernames';
import { serveVerification } from '@/lib/verify/serve';
import { drainOnSignal } from './drain';
import { startHousekeeping } from './housekeeping';
import { readPageMetrics } from './page-figures';
import { yieldToVerification } from './page-priority';
import { warnWithoutStandby } from './standby-required';

/**
 * Everything between the start of the process and its first answer. After a failure it prints one clear line
 * and ends the process, because a thrown error would leave the server half started.
 */
export async function boot(): Promise<void> {
  try {
    const { DATABASE_URL, MIGRATE_DATABASE_URL, AUTH_URL } = settings();
    const { ADMIN_USERNAME, ADMIN_PASSWORD } = settings();
    // The pool and NextAuth read these from the environment, which lacks them if they were given as files.
    process.env.DATABASE_URL = DATABASE_URL;
    process.env.AUTH_URL = AUTH_URL;
    // Developers need to see the original errors.
    if (process.env.NODE_ENV === 'production') quietConsole();
    sanitizeRequests();
    logRequests();
    drainOnSignal();
    await migrateDatabase(DATABASE_URL, MIGRATE_DATABASE_URL);
    forgetOwner();
    // Before the first administrator, whose event is part of the log.
    await beginAuditLog();
    await foldUsernames();
    if (ADMIN_USERNAME && ADMIN_PASSWORD) {
      await ensureFirstAdministrator({ username: ADMIN_USERNAME, password: ADMIN_PASSWORD });
    }
    await serveVerification({ pageMetrics: () => readPageMetrics() });
    yieldToVerification();
    const auditProtected = MIGRATE_DATABASE_URL !== undefined;
    log.info('start', { version, node: process.version, auditProtected });
    await warnWithoutStandby();
    await printAnchor();
    printAnchors();
    startHousekeeping();
    startDeliveryWorker();
    startAuditLog();
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

/**
 * Forgets the owner's connection, which only migrations need, so that it cannot be stolen from the process.
 */
function forgetOwner() {
  delete process.env.MIGRATE_DATABASE_URL;
  settings().MIGRATE_DATABASE_URL = undefined;
}

/** Runs before any user is looked up. The log warns at each start until no users share a name. */
async function foldUsernames() {
  const rows = await refoldUsernames();
  if (rows > 0) log.info('usernames folded', { rows });
  const twins = await countTwins();
  if (twins > 0) log.warn('users share a name', { rows: twins });
}

/** The reason in one line for the operator, without the address or password of the database. */
export function explain(error: unknown): string {
  if (error instanceof SettingsError) return error.message;
  const { code, name } = describeError(error);
  return databaseProblem(error) ?? `Keydesk could not start (${code ?? name}).`;
}
