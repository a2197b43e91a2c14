/**
 * A process of callers, for `npm run bench -- api`. Prints its results as one line of JSON. Loopback only.
 *
 * `create` makes keys by so many callers, each with one request at a time. `verify` asks so many times a second, and
 * counts from the time when a question was due, so that a pause of the server delays none of its own questions.
 */
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

export type ApiLoad = { port: number; service: string; seconds: number } & (
  | { kind: 'create'; callers: number; user: string }
  | { kind: 'verify'; rate: number; secrets: string }
);

export type ApiLoadResult = {
  answers: number;
  rate: number;
  p50: number;
  p99: number;
  bad: number;
};

const options = JSON.parse(process.argv[2] ?? '{}') as ApiLoad;
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const latencies: number[] = [];
let bad = 0;

const begin = performance.now();
const end = begin + options.seconds * 1_000;
await (options.kind === 'create' ? createKeys(options) : verifyKeys(options));
latencies.sort((one, other) => one - other);
const at = (share: number) => latencies[Math.floor(latencies.length * share)] ?? Number.NaN;
const result: ApiLoadResult = {
  answers: latencies.length,
  rate: latencies.length / ((performance.now() - begin) / 1_000),
  p50: at(0.5),
  p99: at(0.99),
  bad,
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));

async function createKeys({ callers, user }: ApiLoad & { kind: 'create' }) {
  const body = JSON.stringify({ user, name: 'bench', scopes: ['reports:read'] });
  const caller = async () => {
    while (performance.now() < end) {
      const headers = { 'Idempotency-Key': `"${randomUUID()}"` };
      await ask('/api/v1/keys', body, { headers, since: performance.now(), expect: '"secret"' });
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
}

async function verifyKeys({ rate, secrets }: ApiLoad & { kind: 'verify' }) {
  const lines = readFileSync(secrets, 'latin1').trimEnd().split('\n');
  const asked: Promise<void>[] = [];
  for (let due = begin; due < end; due += 1_000 / rate) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const key = lines[Math.floor(Math.random() * lines.length)];
    const body = JSON.stringify({ key });
    asked.push(ask('/api/v1/verify', body, { since: due, expect: '"VALID"' }));
  }
  await Promise.all(asked);
}

type Asked = { headers?: Record<string, string>; since: number; expect: string };

function ask(path: string, body: string, { headers = {}, since, expect }: Asked): Promise<void> {
  const sent = {
    Authorization: `Bearer ${options.service}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...headers,
  };
  const { port } = options;
  return new Promise((resolve) => {
    const note = (text: string) => {
      latencies.push(performance.now() - since);
      if (!text.includes(expect)) bad += 1;
      resolve();
    };
    const outgoing = request({
      agent,
      host: '127.0.0.1',
      port,
      path,
      method: 'POST',
      headers: sent,
    });
    outgoing.once('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part) => (text += part));
      answer.once('end', () => note(text));
      answer.once('error', () => note(''));
    });
    outgoing.once('error', () => note(''));
    outgoing.end(body);
  });
}
