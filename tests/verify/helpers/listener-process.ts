/** The services' door alone in a process, as `boot` opens it, for loads and faults. */
import { createServer } from 'node:http';
import { drainOnSignal } from '@/lib/drain';
import { createListener } from '@/lib/verify/listener';
import { serveVerification } from '@/lib/verify/serve';
import { verification } from '@/lib/verify/verification';

drainOnSignal();
process.on('message', (message) => {
  if (message === 'memory') {
    process.send?.({ rss: process.memoryUsage.rss(), cpu: process.cpuUsage() });
  }
});

if (process.env.RENDERING_PORT) serveRenderedPages(Number(process.env.RENDERING_PORT));
if (process.env.ONE_THREAD) {
  const { VERIFY_PORT } = process.env;
  await new Promise<void>((resolve) => {
    createListener(verification()).listen(Number(VERIFY_PORT), '127.0.0.1', resolve);
  });
} else {
  await serveVerification();
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
