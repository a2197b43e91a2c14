/** Only the listener for services in a process, opened like in `boot`, for loads and faults. */
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { sanitizeRequests } from '@/lib/http/trusted-headers';
import { drainOnSignal } from '@/lib/server/drain';
import { settings } from '@/lib/settings/settings';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { serveVerification } from '@/lib/verify/serve';
import { verification } from '@/lib/verify/verification';

sanitizeRequests();
drainOnSignal();
// A failed test must not leave this process behind.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message === 'memory') {
    process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  }
});

const { RENDERING_PORT, THREAD } = process.env;
if (RENDERING_PORT) serveRenderedPages(Number(RENDERING_PORT));
if (THREAD) {
  // For the product, the framework's bundler makes this file. Here a test has made it.
  await serveVerification({ open: (workerData) => new Worker(THREAD, { workerData }) });
} else {
  // For comparison: the listener in the main thread.
  const { VERIFY_PORT, HOST } = settings();
  await new Promise<void>((resolve) => {
    createListener(verification(), answerRevoke).listen(VERIFY_PORT, HOST, resolve);
  });
}
process.send?.('listening');

/** Simulates pages: the thread is busy for as long as the framework renders a page of 25 rows. */
function serveRenderedPages(port: number) {
  createServer((_, response) => {
    const until = performance.now() + 2.6;
    while (performance.now() < until);
    response.end('rendered');
  }).listen(port, '127.0.0.1');
}
