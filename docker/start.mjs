import { createServer } from 'node:net';

/**
 * Starts the built server on HOST, or with ROLE=verify only the verification API. Without this, the server
 * of Next.js would listen on HOSTNAME, which containers set to their own id.
 */
const alone = process.env.ROLE === 'verify';
const host = process.env.HOST || '0.0.0.0';
const port = process.env.PORT || '3000';

// The first process of a container ends on a signal only with a handler. Once the server has its own handler,
// this one does nothing. The server's handler runs once, so a second signal ends the process at once.
for (const signal of ['SIGTERM', 'SIGINT']) {
  process.on(signal, () => process.listenerCount(signal) === 1 && process.exit(0));
}

// Verification reports its own port.
if (alone) await import(new URL('./verify.mjs', import.meta.url).href);
else await startDesk();

async function startDesk() {
  const fault = /^\d{1,5}$/.test(port) && Number(port) < 65_536 ? await tryListening() : 'port';
  if (fault) {
    process.stderr.write(`${sentence(fault)}\n`);
    process.exit(1);
  }
  Object.assign(process.env, { HOSTNAME: host, PORT: port, NEXT_MANUAL_SIG_HANDLE: 'true' });
  await import(new URL('./server.js', import.meta.url).href);
}

/** Reports a port in one sentence, where the server would print a stack. */
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
