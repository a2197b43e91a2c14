import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerApi } from '@/lib/api/answer-api';

/** The management API on a port of its own, as the pages' port has it. */
export async function startApi() {
  const server = createServer(async (incoming, outgoing) => {
    const parts: Buffer[] = [];
    for await (const part of incoming) parts.push(part as Buffer);
    const { method = 'GET', url = '/', headers } = incoming;
    const response = await answerApi(
      new Request(`http://localhost${url}`, {
        method,
        headers: { ...(headers as Record<string, string>), 'x-keydesk-address': '127.0.0.1' },
        ...(parts.length > 0 && { body: Buffer.concat(parts) }),
      }),
    );
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    outgoing.end(Buffer.from(await response.arrayBuffer()));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const stop = () => {
    server.closeAllConnections();
    server.close();
  };
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop };
}
