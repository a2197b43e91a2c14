import 'server-only';
import { parentPort, workerData } from 'node:worker_threads';
import { startDraining } from '@/lib/http/draining';
import { logRequests } from '@/lib/log/access-log';
import { keepSettings } from '@/lib/settings/settings';
import type { Settings } from '@/lib/settings/settings-schema';
import { createListener } from './listener';
import { answerRevoke } from './revoke-endpoint';
import { openRoleLog } from './role-log';
import { closeVerification, verification } from './verification';

/** Message from the main thread to this one. */
export type ThreadOrder = 'leave' | 'close';
/** Message from this thread to the main one, sent once. */
export type ThreadNews = { type: 'listening' } | { type: 'refused'; code: string };

const { HOST, VERIFY_PORT } = keepSettings(workerData as Settings);
logRequests();
const server = createListener(verification(openRoleLog()), answerRevoke);

parentPort?.on('message', (order: ThreadOrder) => {
  if (order === 'leave') startDraining();
  else void close();
});

server.once('error', (error: NodeJS.ErrnoException) =>
  tell({ type: 'refused', code: error.code ?? '' }),
);
server.listen(VERIFY_PORT, HOST, () => tell({ type: 'listening' }));

async function close() {
  await new Promise((resolve) => server.close(resolve));
  await closeVerification();
  process.exit();
}

function tell(news: ThreadNews) {
  parentPort?.postMessage(news);
}
