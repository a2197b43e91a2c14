import 'server-only';
import type { Server } from 'node:http';
import { logRequests } from '@/lib/log/access-log';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { quietConsole } from '@/lib/log/quiet-console';
import { SettingsError } from '@/lib/settings/parse-settings';
import { keepVerifySettings } from '@/lib/settings/settings';
import { needlessSecrets, type VerifySettings } from '@/lib/settings/verify-settings';
import { version } from '@/lib/settings/version';
import { createListener } from '@/lib/verify/listener';
import { requireDatabases } from '@/lib/verify/require-databases';
import { answerRevokedElsewhere } from '@/lib/verify/revoked-elsewhere';
import { openRoleLog } from '@/lib/verify/role-log';
import { announceLeaving } from '@/lib/verify/serve';
import { closeVerification, verification } from '@/lib/verify/verification';
import { explain } from './explain';
import { leaveOnSignal } from './leave-on-signal';
import { keepHeapSmall } from './small-heap';

/**
 * Serves verification and nothing else, in the main thread of this process. It applies no migration: until
 * a process with pages has done so, it reports that it is not ready.
 */
export async function serveAlone(): Promise<void> {
  keepHeapSmall();
  try {
    const given = keepVerifySettings();
    if (process.env.NODE_ENV === 'production') quietConsole();
    logRequests();
    for (const name of needlessSecrets(process.env)) log.warn('secret not needed', { name });
    if (!(await requireDatabases(given))) log.warn('schema not current');
    const server = createListener(verification(openRoleLog()), answerRevokedElsewhere);
    await listen(server, given);
    process.once('uncaughtException', fail);
    leaveOnSignal(announceLeaving, () => drain(server));
    log.info('start', { version, node: process.version, role: 'verify' });
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function listen(server: Server, { HOST, VERIFY_PORT }: VerifySettings): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', ({ code }: NodeJS.ErrnoException) => {
      reject(new SettingsError(`VERIFY_PORT cannot be opened on HOST (${code}).`));
    });
    server.listen(VERIFY_PORT, HOST, resolve);
  });
}

/** The error itself is not printed, because it may name the parameters of a query. */
function fail(error: Error): never {
  log.error('verify listener failed', describeError(error));
  process.exit(1);
}

async function drain(server: Server): Promise<never> {
  await new Promise((resolve) => server.close(resolve));
  await closeVerification();
  log.info('stop');
  process.exit(0);
}
