/** Checks whether the server in this container runs, because the image has no curl. */
const anywhere = { '0.0.0.0': '127.0.0.1', '::': '[::1]' };
const host = process.env.HOST || '0.0.0.0';
const address = anywhere[host] ?? (host.includes(':') ? `[${host}]` : host);

try {
  const answer = await fetch(`http://${address}:${process.env.PORT || 3000}/healthz`);
  process.exitCode = answer.ok ? 0 : 1;
} catch {
  process.exitCode = 1;
}
