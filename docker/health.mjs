/** Checks whether the server in this container runs, because the image has no curl. */
const anywhere = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
const host = process.env.HOST || '0.0.0.0';
const { ROLE, PORT, VERIFY_PORT } = process.env;
const port = ROLE === 'verify' ? VERIFY_PORT || 3001 : PORT || 3000;
const address = anywhere[host] ?? (host.includes(':') ? `[${host}]` : host);

try {
  const answer = await fetch(`http://${address}:${port}/healthz`);
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
