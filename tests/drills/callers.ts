import { Agent, request } from 'node:http';

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** What an answer must be. Anything but that or 503 is wrong. */
export type Known = { secret: string; code: string };

export type Calls = { good: number; refused: number; wrong: string[]; longestGap: number };

/**
 * Asks so many times a second, in turns at each of these addresses, until it is stopped. Each question is about one of the
 * known keys.
 *
 * @returns a function that stops, with what was answered. The longest gap is in milliseconds between two good answers.
 */
export function callVerification(
  origins: () => string[],
  service: string,
  known: Known[],
  rate = 80,
): () => Promise<Calls> {
  const calls: Calls = { good: 0, refused: 0, wrong: [], longestGap: 0 };
  const running = new Set<Promise<void>>();
  let last = performance.now();
  let count = 0;
  const note = (expected: Known, status: number, text: string) => {
    if (status === 503 || status === 0) calls.refused += 1;
    else if (status === 200 && text.includes(`"code":"${expected.code}"`)) {
      const now = performance.now();
      calls.good += 1;
      calls.longestGap = Math.max(calls.longestGap, now - last);
      last = now;
    } else calls.wrong.push(`${expected.code}: ${status} ${text.slice(0, 100)}`);
  };
  const timer = setInterval(() => {
    const all = origins();
    const expected = known[count % known.length];
    const origin = all[count++ % all.length];
    if (!expected || !origin) return;
    const call = ask(origin, service, expected.secret)
      .then(([status, text]) => note(expected, status, text))
      .finally(() => running.delete(call));
    running.add(call);
  }, 1_000 / rate);
  return async () => {
    clearInterval(timer);
    await Promise.all(running);
    calls.longestGap = Math.max(calls.longestGap, performance.now() - last);
    return calls;
  };
}

function ask(origin: string, service: string, key: string): Promise<[number, string]> {
  const body = JSON.stringify({ key });
  const headers = {
    Authorization: `Bearer ${service}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  return new Promise((resolve) => {
    const url = `${origin}/api/v1/verify`;
    const outgoing = request(url, { agent, method: 'POST', headers, timeout: 5_000 });
    outgoing.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.once('end', () => resolve([answer.statusCode ?? 0, text]));
      answer.once('error', () => resolve([0, '']));
    });
    outgoing.once('timeout', () => outgoing.destroy());
    outgoing.once('error', () => resolve([0, '']));
    outgoing.end(body);
  });
}
