/**
 * A process of callers, for `npm run bench -- api`, which answers each message of options with a result. It stays, so
 * that its start disturbs no measurement. Loopback only.
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

type Run = { latencies: number[]; bad: number; begin: number; end: number };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

process.on('message', async (options: ApiLoad) => process.send?.(await load(options)));
process.send?.('ready');

async function load(options: ApiLoad): Promise<ApiLoadResult> {
  const begin = performance.now();
  const run: Run = { latencies: [], bad: 0, begin, end: begin + options.seconds * 1_000 };
  await (options.kind === 'create' ? createKeys(options, run) : verifyKeys(options, run));
  const seconds = (performance.now() - begin) / 1_000;
  const sorted = run.latencies.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? Number.NaN;
  const { length } = sorted;
  return { answers: length, rate: length / seconds, p50: at(0.5), p99: at(0.99), bad: run.bad };
}

async function createKeys(options: ApiLoad & { kind: 'create' }, run: Run) {
  const body = JSON.stringify({ user: options.user, name: 'bench', scopes: ['reports:read'] });
  const caller = async () => {
    while (performance.now() < run.end) {
      const headers = { 'Idempotency-Key': `"${randomUUID()}"` };
      const asked = { path: '/api/v1/keys', body, headers, expect: '"secret"' };
      await ask(options, run, { ...asked, since: performance.now() });
    }
  };
  await Promise.all(Array.from({ length: options.callers }, caller));
}

async function verifyKeys(options: ApiLoad & { kind: 'verify' }, run: Run) {
  const lines = readFileSync(options.secrets, 'latin1').trimEnd().split('\n');
  const answers: Promise<void>[] = [];
  for (let due = run.begin; due < run.end; due += 1_000 / options.rate) {
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const body = JSON.stringify({ key: lines[Math.floor(Math.random() * lines.length)] });
    const asked = { path: '/api/v1/verify', body, expect: '"VALID"' };
    answers.push(ask(options, run, { ...asked, since: due }));
  }
  await Promise.all(answers);
}

type Asked = {
  path: string;
  body: string;
  headers?: Record<string, string>;
  since: number;
  expect: string;
};

function ask({ port, service }: ApiLoad, run: Run, { path, body, ...asked }: Asked): Promise<void> {
  const headers = {
    Authorization: `Bearer ${service}`,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
    ...asked.headers,
  };
  return new Promise((resolve) => {
    const note = (text: string) => {
      run.latencies.push(performance.now() - asked.since);
      if (!text.includes(asked.expect)) run.bad += 1;
      resolve();
    };
    const outgoing = request({ agent, host: '127.0.0.1', port, path, method: 'POST', headers });
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
