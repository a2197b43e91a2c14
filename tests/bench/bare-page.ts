import { createServer } from 'node:http';

const cells = (n: number) => [n, `user ${n}`, 'kd_AbCd…wXyZ', 'Active', '', '2026-01-01', 'Never'];
const rows = Array.from(
  { length: 25 },
  (_, n) => `<tr>${cells(n + 1).map((text) => `<td>${text}</td>`)}</tr>`,
);
const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>API keys</title>
<h1>API keys</h1><table>${rows.join('')}</table>`;

/**
 * The least work of a first load: 25 rows as fixed text, without styles or scripts. Under `/apart` it has the
 * header that gives a page a process of its own, like Keydesk's pages.
 */
export async function startBarePage(port: number): Promise<{ stop: () => void }> {
  const server = createServer((request, response) => {
    if (request.url === '/apart') response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
    response.setHeader('Content-Type', 'text/html').end(html);
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  return { stop: () => server.close() };
}
