import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { longestBody, readBody } from '@/lib/verify/body';
import { UnavailableError } from '@/lib/verify/connection';
import { TurnQueue } from '@/lib/verify/turn-queue';

/** Nothing listens there, so that every question waits for a connection. */
const nowhere = { host: '127.0.0.1', port: 1 };

function openQueue(more: { mostWaiting?: number; patience?: number }) {
  return new TurnQueue<number, number>({
    connection: nowhere,
    connections: 1,
    session: {},
    mostWaiting: 10,
    largestBatch: 1,
    repeatable: true,
    answer: async (_, items) => items,
    ...more,
  });
}

/** The outcomes of these questions after this many milliseconds. */
async function keyActions(queue: TurnQueue<number, number>, questions: number, wait: number) {
  const seen = Array.from({ length: questions }, () => 'waiting');
  for (const question of seen.keys()) {
    queue.ask(question).catch((error) => {
      seen[question] = error instanceof UnavailableError ? error.message : 'another fault';
    });
  }
  await new Promise((resolve) => setTimeout(resolve, wait));
  const now = [...seen];
  await queue.end();
  return now;
}

test('the queue is bounded; control: without the bound the eleventh waits too', async () => {
  expect((await keyActions(openQueue({}), 11, 20)).at(-1)).toBe('queue full');
  const unbounded = openQueue({ mostWaiting: Number.POSITIVE_INFINITY });
  expect((await keyActions(unbounded, 11, 20)).at(-1)).toBe('waiting');
});

test('a question is given up after a second; control: without the deadline it keeps waiting', async () => {
  const patient = openQueue({ patience: Number.POSITIVE_INFINITY });
  const [bound, free] = await Promise.all([
    keyActions(openQueue({}), 1, 1_500),
    keyActions(patient, 1, 1_500),
  ]);
  expect(bound).toEqual(['deadline']);
  expect(free).toEqual(['waiting']);
});

test.each([
  ['declared', (size: number) => 'x'.repeat(size)],
  ['in chunks', (size: number) => new Blob(['x'.repeat(size)]).stream()],
])('a longer body, %s, is refused; control: without the limit it is read', async (_, bodyOf) => {
  const lengths: (number | undefined)[] = [];
  const server = createServer(async (request, response) => {
    const longest = request.url === '/unlimited' ? Number.POSITIVE_INFINITY : longestBody;
    lengths.push((await readBody(request, longest))?.length);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  for (const path of ['/', '/unlimited']) {
    await fetch(`http://127.0.0.1:${port}${path}`, {
      method: 'POST',
      body: bodyOf(longestBody + 1),
      // Not in the types yet, but required to send a stream.
      ...{ duplex: 'half' },
    });
  }
  server.closeAllConnections();
  server.close();
  expect(lengths).toEqual([undefined, longestBody + 1]);
});
