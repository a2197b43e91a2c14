import { createServer } from 'node:net';

/**
 * Starts the built server. It exists because containers set HOSTNAME to their own id, and the server
 * of Next.js would listen there: we listen on HOST.
 */
const host = process.env.HOST || '0.0.0.0';
const port = process.env.PORT || '3000';

// The first process of a container ends on a signal only where it says so; once the desk has its own
// way to end, this steps back. A second signal finds the desk's way used up, and ends it at once.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(0));
}

const fault = /^\d{1,5}$/.test(port) && Number(port) < 65_536 ? await tryListening() : 'port';
if (fault) {
  process.stderr.write(`${sentence(fault)}\n`);
  process.exit(1);
}
Object.assign(process.env, { HOSTNAME: host, PORT: port, NEXT_MANUAL_SIG_HANDLE: 'true' });
await import(new URL('./server.js', import.meta.url).href);

/** The server would say it with a stack. */
function tryListening() {
  return new Promise((resolve) => {
    const probe = createServer().once('error', ({ code }) => resolve(code));
    probe.listen({ host, port: Number(port) }, () => probe.close(() => resolve(null)));
  });
}

function sentence(code) {
  if (code === 'port') return 'PORT must be a port number, 0 to 65535.';
  if (code === 'EADDRINUSE') return `Port ${port} is in use: set PORT to another.`;
  if (code === 'EACCES') return `Port ${port} needs special rights: set PORT to one above 1023.`;
  return `HOST must be an address of this machine (${code}).`;
}
