import 'server-only';
import { parentPort, workerData } from 'node:worker_threads';
import { startDraining } from '@/lib/http/draining';
import { logRequests } from '@/lib/log/access-log';
import { keepSettings } from '@/lib/settings/settings';
import type { Settings } from '@/lib/settings/settings-schema';
import { askPageMetrics } from './ask-page-metrics';
import { createListener } from './listener';
import { answerRevoke } from './revoke-endpoint';
import { openRoleLog } from './role-log';
import type { ThreadNews, ThreadOrder } from './thread-messages';
import { closeVerification, verification } from './verification';

const { HOST, VERIFY_PORT } = keepSettings(workerData as Settings);
logRequests();
const own = verification(openRoleLog());
if (parentPort) own.pageMetrics = askPageMetrics(parentPort);
const server = createListener(own, answerRevoke);

parentPort?.on('message', (order: ThreadOrder) => {
  if (order === 'leave') startDraining();
  else if (order === 'close') void close();
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
