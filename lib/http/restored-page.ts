import 'server-only';
import { createHash } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { foundRestored } from '@/db/identity';
import { restoredSentence } from '@/db/restored';
import { problem } from './problem';

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Answers in place of the framework while the database counts as restored: nobody may sign in with what was true at
 * the time of a backup. What looks up keys answers by itself.
 */
export function refuseWhileRestored(server: Server): void {
  const handlers = server.listeners('request') as Handler[];
  server.removeAllListeners('request');
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const path = request.url ?? '/';
    if (foundRestored() && !open.test(path)) return refuse(request, response);
    for (const handler of handlers) handler.call(server, request, response);
  });
}

const open =
  /^\/(?:(?:healthz|readyz|api\/v1\/(?:verify|introspect|gate|revoke))(?:$|\?)|\.well-known\/|_next\/static\/)/;

/** Seconds. */
const retryAfter = '30';

function refuse({ url = '/', method }: IncomingMessage, response: ServerResponse) {
  const isApi = url.startsWith('/api/');
  const { headers, body } = isApi ? problem(503, restoredSentence) : page;
  // What was sent is not read.
  response.writeHead(503, { ...headers, 'Retry-After': retryAfter, Connection: 'close' });
  response.end(method === 'HEAD' ? undefined : body);
}

const style = `
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 40rem; margin: 0 auto; padding: 12vh 1rem 2rem; }
h1 { font-size: 1.375rem; line-height: 1.25; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .75rem 1rem; border: 1px solid GrayText; border-radius: .375rem; }
`;

const text = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Database restored - Keydesk</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>This database was restored or copied</h1>
<p>Keys and users that were switched off since its backup may be on again in it. Until whoever operates Keydesk has
taken care of that, nobody can sign in, and services that ask about keys get no verdict (status 503).</p>
<p>With the list of what was revoked since the backup, run this on the server:</p>
<pre><code>node admin.mjs after-restore --revocations revocations.ndjson</code></pre>
<p>If there is no list, say in your words why nothing is missing, or what you did about it:</p>
<pre><code>node admin.mjs after-restore --accept "…"</code></pre>
<p>With compose, begin with <code>docker compose exec keydesk</code>; from the sources, use
<code>npm run admin -- after-restore</code>. The page "Restore" of the documentation explains both.
Keydesk then goes on by itself.</p>
</main>
</body>
</html>
`;

const styleHash = createHash('sha256').update(style).digest('base64');

const page = {
  headers: {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  },
  body: text,
};
