/**
 * A load generator in a process of its own. It has a few keep-alive connections over raw sockets, each with
 * one request at a time. Prints its results as one line of JSON. Loopback only.
 */
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

export type LoadOptions = {
  port: number;
  connections: number;
  seconds: number;
  kind: 'verify' | 'gate' | 'plain';
  keys: 'valid' | 'unknown' | 'malformed';
  service: string;
  /** Secrets of equal length, one on each line. */
  secrets: string;
  expect: string;
};

export type LoadResult = {
  rate: number;
  p50: number;
  p99: number;
  max: number;
  statuses: Record<string, number>;
  unexpected: number;
};

const options = JSON.parse(process.argv[2] ?? '{}') as LoadOptions;
const secrets = readFileSync(options.secrets, 'latin1');
const width = secrets.indexOf('\n') + 1;
const lines = secrets.length / width;
/** Latencies in steps of 10 µs. The last one counts everything from one second. */
const latencies = new Uint32Array(100_001);
const statuses: Record<string, number> = {};
let answers = 0;
let unexpected = 0;
let longest = 0;
let counting = false;
let stopped = false;

function secret(): string {
  const at = Math.floor(Math.random() * lines) * width;
  const known = secrets.slice(at, at + width - 1);
  return options.keys === 'malformed' ? `${known.slice(0, -1)}!` : known;
}

function request(): string {
  const address = `10.${Math.floor(Math.random() * 256)}.${Math.floor(Math.random() * 256)}.7`;
  if (options.kind === 'gate') {
    return `GET /api/v1/gate HTTP/1.1\r\nHost: k\r\nX-Keydesk-Service: ${options.service}\r\nX-Forwarded-For: ${address}\r\nX-API-Key: ${secret()}\r\n\r\n`;
  }
  const ip = options.keys === 'unknown' ? `,"ip":"${address}"` : '';
  const body = `{"key":"${secret()}"${ip}}`;
  return `POST /api/v1/verify HTTP/1.1\r\nHost: k\r\nAuthorization: Bearer ${options.service}\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

function open() {
  const socket = connect({ port: options.port, host: '127.0.0.1', noDelay: true });
  let sent = 0;
  let pending = '';
  const send = () => {
    if (stopped) return void socket.destroy();
    sent = performance.now();
    socket.write(request(), 'latin1');
  };
  socket.on('connect', send);
  socket.on('data', (chunk) => {
    pending += chunk.toString('latin1');
    const head = pending.indexOf('\r\n\r\n');
    if (head < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(pending)?.[1] ?? 0);
    if (pending.length < head + 4 + length) return;
    if (counting) note(pending, performance.now() - sent);
    pending = '';
    send();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => {
    if (!stopped) setTimeout(open, 20);
  });
}

function note(answer: string, milliseconds: number) {
  answers += 1;
  const status = answer.slice(9, 12);
  statuses[status] = (statuses[status] ?? 0) + 1;
  if (!answer.includes(options.expect)) unexpected += 1;
  const step = Math.min(100_000, Math.floor(milliseconds * 100));
  latencies[step] = (latencies[step] ?? 0) + 1;
  longest = Math.max(longest, milliseconds);
}

function percentile(share: number): number {
  let left = answers * share;
  for (const [step, count] of latencies.entries()) {
    left -= count;
    if (left <= 0) return (step + 1) / 100;
  }
  return 1_000;
}

for (let index = 0; index < options.connections; index++) open();
// Excludes the first moments, in which code is compiled and connections are opened.
setTimeout(() => {
  counting = true;
  const started = performance.now();
  setTimeout(() => {
    const rate = answers / ((performance.now() - started) / 1_000);
    stopped = true;
    const result: LoadResult = {
      rate,
      p50: percentile(0.5),
      p99: percentile(0.99),
      max: longest,
      statuses,
      unexpected,
    };
    process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
  }, options.seconds * 1_000);
}, 700);
