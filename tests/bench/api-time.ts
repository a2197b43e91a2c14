import { randomUUID } from 'node:crypto';
import { plainBrowser } from '../helpers/plain-browser';
import { median } from './median';
import { administrator } from './product';
import { productTime, type Side, timeOf } from './server-time';

const rounds = Number(process.env.BENCH_ROUNDS ?? 5) * 2;
const requests = 30;
const warmUp = 200;

type Place = { page: number; port: number };

/** What lists and a new key cost the server in processor time, against the page: in turns, one request after another. */
export async function benchApiTime({ page, port }: Place, service: string): Promise<void> {
  const origin = `http://localhost:${page}`;
  const browser = plainBrowser(origin);
  await browser.signIn(administrator.username, administrator.password);
  const clock = () => productTime(port);
  const authorization = `Bearer ${service}`;
  const asService = () => ({ headers: { authorization } });
  const asPerson = () => ({ headers: browser.cookieHeader() });
  const keys = `${origin}/api/v1/keys`;
  const list = `${keys}?limit=25`;
  const create = () => ({
    method: 'POST',
    headers: {
      authorization,
      'Content-Type': 'application/json',
      'Idempotency-Key': `"${randomUUID()}"`,
    },
    body: JSON.stringify({ user: 'user-1' }),
  });
  const sides: Side[] = [
    { name: '/keys', url: `${origin}/keys`, request: asPerson, clock, times: [] },
    { name: 'list', url: list, request: asService, clock, times: [] },
    { name: 'list, counted', url: `${list}&count=true`, request: asService, clock, times: [] },
    { name: 'create a key', url: keys, request: create, clock, times: [] },
  ];
  for (const side of sides) await timeOf(side, warmUp);
  for (let round = 0; round < rounds; round++) {
    for (const side of sides) side.times.push(await timeOf(side, requests));
  }
  const [whole] = sides;
  console.log('| 25 keys | processor time ms (median) | of the page, in pairs |\n|---|---|---|');
  for (const { name, times } of sides) {
    const pairs = times.map((time, round) => time / (whole?.times[round] ?? time));
    console.log(`| ${name} | ${median(times).toFixed(2)} | ${median(pairs).toFixed(2)} |`);
  }
}
