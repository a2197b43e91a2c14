import 'server-only';
import { migrateDatabase } from '@/db/migrate';
import { printAnchor, printAnchors } from '@/lib/audit/anchor-log';
import { beginAuditLog, startAuditLog } from '@/lib/audit/audit-log';
import { ensureFirstAdministrator } from '@/lib/auth/first-administrator';
import { sanitizeRequests } from '@/lib/http/trusted-headers';
import { countTwins } from '@/lib/lists/username';
import { logRequests } from '@/lib/log/access-log';
import { log } from '@/lib/log/log';
import { quietConsole } from '@/lib/log/quiet-console';
import { startDeliveryWorker } from '@/lib/notices/delivery-worker';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { SettingsError } from '@/lib/settings/parse-settings';
import { settings } from '@/lib/settings/settings';
import type { Settings } from '@/lib/settings/settings-schema';
import { version } from '@/lib/settings/version';
import { refoldUsernames } from '@/lib/users/refold-usernames';
import { requireLookup } from '@/lib/verify/require-databases';
import { serveVerification } from '@/lib/verify/serve';
import { drainOnSignal } from './drain';
import { explain } from './explain';
import { startHousekeeping } from './housekeeping';
import { readPageMetrics } from './page-figures';
import { yieldToVerification } from './page-priority';
import { warnWithoutStandby } from './standby-required';
import { untilKnown, watchIdentity } from './watch-identity';

/**
 * Everything between the start of the process and its first answer. After a failure it prints one clear line
 * and ends the process, because a thrown error would leave the server half started.
 */
export async function boot(): Promise<void> {
  try {
    const { DATABASE_URL, MIGRATE_DATABASE_URL, AUTH_URL, ROLE } = settings();
    // The pool and NextAuth read these from the environment, which lacks them if they were given as files.
    process.env.DATABASE_URL = DATABASE_URL;
    process.env.AUTH_URL = AUTH_URL;
    // Developers need to see the original errors.
    if (process.env.NODE_ENV === 'production') quietConsole();
    sanitizeRequests();
    logRequests();
    drainOnSignal();
    await migrateDatabase(DATABASE_URL, MIGRATE_DATABASE_URL);
    await requireLookup(settings());
    forgetOwner();
    watchIdentity();
    const isKnown = await keepIdentity(settings().AUDIT_ANCHOR);
    if (isKnown) await prepare();
    await serveServices(ROLE);
    const auditProtected = MIGRATE_DATABASE_URL !== undefined;
    log.info('start', { version, node: process.version, role: ROLE, auditProtected });
    if (isKnown) await work();
    else void untilKnown().then(prepare).then(work).catch(end);
  } catch (error) {
    end(error);
  }
}

function end(error: unknown) {
  process.stderr.write(`${explain(error)}\n`);
  process.exit(1);
}

/** What the database needs before anybody is answered. */
async function prepare() {
  const { ADMIN_USERNAME, ADMIN_PASSWORD } = settings();
  // Before the first administrator, whose event is part of the log.
  await beginAuditLog();
  await foldUsernames();
  if (ADMIN_USERNAME && ADMIN_PASSWORD) {
    await ensureFirstAdministrator({ username: ADMIN_USERNAME, password: ADMIN_PASSWORD });
  }
}

async function work() {
  await warnWithoutStandby();
  await printAnchor();
  printAnchors();
  startHousekeeping();
  startDeliveryWorker();
  startAuditLog();
}

/**
 * Forgets the owner's connection, which only migrations need, so that it cannot be stolen from the process.
 */
function forgetOwner() {
  delete process.env.MIGRATE_DATABASE_URL;
  settings().MIGRATE_DATABASE_URL = undefined;
}

/** Opens the listener for services, unless processes of their own serve it. */
async function serveServices(role: Settings['ROLE']) {
  if (role === 'verify') {
    throw new SettingsError('ROLE verify is served by start.mjs or verify.mjs, not by server.js.');
  }
  if (role === 'pages') return;
  await serveVerification({ pageMetrics: () => readPageMetrics() });
  yieldToVerification();
}

/** Runs before any user is looked up. The log warns at each start until no users share a name. */
async function foldUsernames() {
  const rows = await refoldUsernames();
  if (rows > 0) log.info('usernames folded', { rows });
  const twins = await countTwins();
  if (twins > 0) log.warn('users share a name', { rows: twins });
}
