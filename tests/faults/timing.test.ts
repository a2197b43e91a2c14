import { randomInt } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toBase62 } from '@/lib/keys/secret/base62';
import { mintSecret } from '@/lib/keys/secret/secret';
import { times } from '../helpers/times';
import { compare } from './helpers/compare';
import { openLine } from './helpers/line';
import { say } from './helpers/say';
import { useInstance } from './helpers/use-instance';

jest.setTimeout(600_000);

/** Above this |t|, two times differ by more than chance (which has a probability of one in 100,000). */
const alarm = 4.5;
const isFull = times(true, false);
const kinds = ['near', 'random', 'unasked'] as const;
type Kind = (typeof kinds)[number];

const scene = useInstance();
let services: string[];
let real: string;

beforeAll(async () => {
  const bob = await scene.database.addUser('bob');
  // So many services that each asks for no more unknown keys in a minute than it may.
  services = [];
  while (services.length < (times(20_000, 300) + 200) / 50) {
    services.push((await scene.database.addKey(bob, { scopes: ['keydesk:verify'] })).secret);
  }
  real = (await scene.database.addKey(bob)).secret;
});
/** The real secret with other last three random characters, and the matching checksum. */
function nearMiss(): string {
  const tail = toBase62(BigInt(randomInt(62 ** 3)), 3);
  const body = real.slice(0, -9) + tail;
  const secret = body + toBase62(BigInt(crc32(body)), 6);
  return secret === real ? nearMiss() : secret;
}

/** Uses a new source each time, so that no request is refused as a guess. */
function request(kind: Kind): Buffer {
  const source = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  // A malformed service key is refused before the database is asked.
  const service = services[randomInt(services.length)] as string;
  const caller = kind === 'unasked' ? `${service.slice(0, -1)}!` : service;
  const key = kind === 'near' ? nearMiss() : mintSecret('kd');
  return Buffer.from(
    `GET /api/v1/gate HTTP/1.1\r\nHost: k\r\nX-Keydesk-Service: ${caller}\r\nX-Forwarded-For: ${source}\r\nX-API-Key: ${key}\r\n\r\n`,
  );
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const left = [...items];
  return items.map(() => left.splice(randomInt(left.length), 1)[0] as Item);
}

/** The kinds take turns over one connection in random order, so that other load affects all alike. */
async function measure(count: number) {
  const samples: Record<Kind, number[]> = { near: [], random: [], unasked: [] };
  const line = await openLine(scene.instance.port);
  for (let round = -200; round < count; round++) {
    // Made beforehand, because making a secret takes longer than altering one, and a pause before a request
    // affects its time.
    const requests = shuffled(kinds).map((kind) => ({ kind, bytes: request(kind) }));
    for (const { kind, bytes } of requests) {
      const { elapsed, status } = await line.ask(bytes);
      if (status !== '401') throw new Error(`A key of kind ${kind} was answered with ${status}.`);
      if (round >= 0) samples[kind].push(elapsed);
    }
  }
  line.close();
  const leak = compare(samples.near, samples.random);
  const control = compare(samples.random, samples.unasked);
  for (const [name, { t, difference, error }] of Object.entries({ leak, control })) {
    const microseconds = `${(difference * 1_000).toFixed(1)} ± ${(error * 1_000).toFixed(1)} µs`;
    say(`timing, ${count} of each kind, ${name}: ${microseconds}, t = ${t.toFixed(1)}`);
  }
  return { leak, control };
}

test('a near miss takes as long as a random key; control: a request without a query does not', async () => {
  const count = times(20_000, 300);
  const first = await measure(count);
  if (!isFull) {
    // So few samples only find a difference as large as the control.
    expect(first.control.t).toBeGreaterThan(alarm);
    expect(Math.abs(first.leak.t)).toBeLessThan(first.control.t / 2);
    return;
  }
  expect(first.control.t).toBeGreaterThan(3 * alarm);
  if (Math.abs(first.leak.t) < alarm) return;
  // A busy machine may raise a false alarm once. A real leak raises it again, in the same direction.
  const second = await measure(count);
  expect(second.control.t).toBeGreaterThan(3 * alarm);
  const again = Math.sign(second.leak.t) === Math.sign(first.leak.t);
  expect(again ? Math.abs(second.leak.t) : 0).toBeLessThan(alarm);
});
