/** The listener for services alone in a process, as `boot` opens it, for loads and faults. */
import { createServer } from 'node:http';
import { Worker } from 'node:worker_threads';
import { sanitizeRequests } from '@/lib/http/trusted-headers';
import { drainOnSignal } from '@/lib/server/drain';
import { settings } from '@/lib/settings/settings';
import { createListener } from '@/lib/verify/listener';
import { serveVerification } from '@/lib/verify/serve';
import { verification } from '@/lib/verify/verification';

sanitizeRequests();
drainOnSignal();
// A test that failed must not leave us behind.
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  if (message === 'memory') {
    process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  }
});

const { RENDERING_PORT, THREAD } = process.env;
if (RENDERING_PORT) serveRenderedPages(Number(RENDERING_PORT));
if (THREAD) {
  // The framework's bundler makes this file for the product; here a test has made it.
  await serveVerification((workerData) => new Worker(THREAD, { workerData }));
} else {
  // For comparison: the listener in the main thread.
  const { VERIFY_PORT, HOST } = settings();
  await new Promise<void>((resolve) => {
    createListener(verification()).listen(VERIFY_PORT, HOST, resolve);
  });
}
process.send?.('listening');

/** A stand-in for pages: as long as the framework takes for one of 25 rows, the thread is busy. */
function serveRenderedPages(port: number) {
  createServer((_, response) => {
    const until = performance.now() + 2.6;
    while (performance.now() < until);
    response.end('rendered');
  }).listen(port, '127.0.0.1');
}
