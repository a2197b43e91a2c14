import { randomInt } from 'node:crypto';
import { Agent, request } from 'node:http';
import { toBase62 } from '@/lib/keys/base62';
import { crc32 } from '@/lib/keys/crc32';
import { mintSecret } from '@/lib/keys/secret';
import { openDatabase } from '../verify/helpers/desk';
import {
  buildThread,
  type Instance,
  removeThread,
  startInstance,
} from '../verify/helpers/instance';
import { times } from './helpers/load';

jest.setTimeout(600_000);

const agent = new Agent({ keepAlive: true, maxSockets: 1 });

/** Milliseconds from the question to its answer, from ever new sources: guesses must not be counted. */
function timeOf(port: number, service: string, key: string): Promise<number> {
  const ip = `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}`;
  return new Promise((resolve, reject) => {
    const started = performance.now();
    request(
      {
        agent,
        port,
        host: '127.0.0.1',
        path: '/api/v1/gate',
        headers: { 'X-Keydesk-Service': service, 'X-Forwarded-For': ip, 'X-API-Key': key },
      },
      (response) => {
        response.resume();
        response.on('end', () => resolve(performance.now() - started));
      },
    )
      .on('error', reject)
      .end();
  });
}

/** The secret with its last random character changed, and the checksum that goes with it. */
function nearMiss(secret: string): string {
  const body = secret.slice(0, -7) + (secret.at(-7) === 'a' ? 'b' : 'a');
  return body + toBase62(BigInt(crc32(body)), 6);
}

/** Without the slowest tenth: what the machine did meanwhile says nothing of the key. */
function trimmed(samples: number[]): number[] {
  return [...samples].sort((a, b) => a - b).slice(0, Math.floor(samples.length * 0.9));
}

function welch(one: number[], other: number[]): number {
  const [a, b] = [one, other].map((all) => {
    const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
    const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (all.length - 1);
    return { mean, error: variance / all.length };
  }) as [{ mean: number; error: number }, { mean: number; error: number }];
  return (a.mean - b.mean) / Math.sqrt(a.error + b.error);
}

let database: Awaited<ReturnType<typeof openDatabase>>;
let thread: string;
let instance: Instance;

beforeAll(async () => {
  database = await openDatabase();
  thread = await buildThread();
  instance = await startInstance(database.url, thread);
});
afterAll(async () => {
  agent.destroy();
  await instance.stop();
  removeThread(thread);
  await database.drop();
});

test('a near miss takes as long as a random key; control: what the database is not asked about does not', async () => {
  const bob = await database.addUser('bob');
  const service = (await database.addKey(bob, { scopes: ['keydesk:verify'] })).secret;
  const near = nearMiss((await database.addKey(bob)).secret);
  const samples = { near: [] as number[], random: [] as number[], unasked: [] as number[] };
  const kinds = Object.keys(samples) as (keyof typeof samples)[];
  const count = times(20_000, 2_000);
  for (let round = -200; round < count; round++) {
    const random = mintSecret('kd');
    const keys = { near, random, unasked: random };
    // In changing order, so that none is always the one after the other.
    for (const kind of kinds.sort(() => Math.random() - 0.5)) {
      const elapsed = await timeOf(
        instance.port,
        // A malformed service key is refused before the database is asked.
        kind === 'unasked' ? 'malformed' : service,
        keys[kind],
      );
      if (round >= 0) samples[kind].push(elapsed);
    }
  }
  const [nearTimes, randomTimes, unaskedTimes] = [
    samples.near,
    samples.random,
    samples.unasked,
  ].map(trimmed) as [number[], number[], number[]];
  expect(Math.abs(welch(nearTimes, randomTimes))).toBeLessThan(4.5);
  expect(Math.abs(welch(unaskedTimes, randomTimes))).toBeGreaterThan(4.5);
});
