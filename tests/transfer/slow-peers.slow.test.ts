import { GET } from '@/app/(desk)/keys/export/route';
import { POST } from '@/app/(desk)/keys/import/file/route';
import { pagePool } from '@/db/client';
import { mostTransfers, openTransfer, TooManyTransfersError } from '@/db/transfer';
import { leastRate, Peer, sentBy } from '@/db/transfer-peer';
import { exportKeys } from '@/lib/keys/export-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { signInAs } from '../helpers/sign-in';
import { until } from '../helpers/waiting';
import { format } from './helpers';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const home = 'http://localhost:3000';
const oneLine = new TextEncoder().encode('username,secret\nada,a-key-of-another-program\n');

/** Sends one line and then nothing, until the test ends the file. */
function trickle() {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start(own) {
      controller = own;
      own.enqueue(oneLine);
    },
  });
  const end = () => {
    try {
      controller?.close();
    } catch {}
  };
  return { body, end };
}

function upload(body: ReadableStream<Uint8Array>): Promise<Response> {
  const init = { method: 'POST', body, headers: { origin: home }, duplex: 'half' };
  return POST(new Request(`${home}/keys/import/file`, init as RequestInit));
}

const ask = () =>
  GET(new Request(`${home}/keys/export`, { headers: { 'sec-fetch-site': 'same-origin' } }));

/** Running transfers in the database. */
async function connections(): Promise<number> {
  const { rows } = await pagePool().query(
    `select count(*)::int as n from pg_stat_activity
     where application_name = 'keydesk transfer' and datname = current_database()`,
  );
  return rows[0].n;
}

async function fillKeys(count: number) {
  await pagePool().query(
    `insert into api_key (id, owner_id, scopes, secret_mac, secret_pepper, secret_prefix,
       secret_first, secret_last, request_id)
     select gen_random_uuid(), $1, array_fill(repeat('x', 60), array[50]), sha256(n::text::bytea), 1, 'kd', 'AbCd', 'wXyZ',
       gen_random_uuid() from generate_series(1, $2::int) n`,
    [await insertUser('grace'), count],
  );
}

test('four uploads of one line each do not keep others from an export', async () => {
  const senders = Array.from({ length: 4 }, trickle);
  const slow: Promise<Response>[] = [];
  for (const [index, { body }] of senders.entries()) {
    await signInAs(index < 2 ? ada : otto);
    slow.push(upload(body));
    await until(async () => (await connections()) === slow.length);
  }
  await signInAs(vera);
  const answer = await ask();
  expect(answer.status).toBe(200);
  expect(await answer.text()).toMatch(/^Username,/);
  const ended = await Promise.race(slow);
  expect(ended.status).toBe(409);
  expect((await ended.json()).problem).toMatch(/too slow while others were waiting/);
  expect(await countRows('key_import')).toBe(0);
  for (const { end } of senders) end();
  const statuses = (await Promise.all(slow)).map(({ status }) => status);
  expect(statuses.toSorted()).toEqual([200, 200, 200, 409]);
});

test('four exports that nobody reads do not keep others from one, and break off', async () => {
  await fillKeys(2_000);
  const slow: Response[] = [];
  for (const person of [ada, ada, otto, otto]) {
    await signInAs(person);
    slow.push(await ask());
  }
  await signInAs(vera);
  expect((await (await ask()).text()).match(/wXyZ/g)).toHaveLength(2_000);
  const texts = await Promise.allSettled(slow.map((answer) => answer.text()));
  expect(texts.map(({ status }) => status).filter((one) => one === 'rejected')).toHaveLength(1);
  expect(await countRows('audit_event', `details ? 'cutOffAfterBytes'`)).toBe(1);
});

test('a third transfer of the same person ends their oldest, and only that', async () => {
  await signInAs(otto);
  const [first, second, third] = [trickle(), trickle(), trickle()];
  const answers = [upload(first.body)];
  await until(async () => (await connections()) === 1);
  answers.push(upload(second.body));
  await until(async () => (await connections()) === 2);
  answers.push(upload(third.body));
  const ended = (await answers[0]) as Response;
  expect(ended.status).toBe(409);
  expect((await ended.json()).problem).toMatch(/^You started another transfer\./);
  second.end();
  expect((await answers[1])?.status).toBe(200);
  third.end();
  expect((await answers[2])?.status).toBe(200);
});

test('an export is ended by a third transfer of the same person, and is incomplete', async () => {
  await fillKeys(2_000);
  await signInAs(vera);
  const [first, second] = [await ask(), await ask()];
  const third = await ask();
  await expect(first.text()).rejects.toMatchObject({ reason: 'another' });
  for (const one of [second, third]) expect((await one.text()).match(/wXyZ/g)).toHaveLength(2_000);
});

test('if all transfers are fast enough, another must wait, and then begins', async () => {
  const peers = Array.from({ length: mostTransfers }, (_, n) => new Peer(`person ${n}`));
  const open = await Promise.all(peers.map((peer) => openTransfer(peer)));
  await expect(openTransfer(new Peer('late'))).rejects.toThrow(TooManyTransfersError);
  const late = openTransfer(new Peer('late'));
  await open[0]?.close();
  await (await late).close();
  expect(peers.some(({ signal }) => signal.aborted)).toBe(false);
  await Promise.all(open.map((one) => one.close()));
});

test('repeated requests do not overtake one that waits', async () => {
  const peers = Array.from({ length: mostTransfers }, (_, n) => new Peer(`person ${n}`));
  const open = await Promise.all(peers.map((peer) => openTransfer(peer)));
  const waiting = openTransfer(new Peer('patient'));
  const served: string[] = [];
  const again = Array.from({ length: 5 }, async (_, n) => {
    const one = await openTransfer(new Peer('person 0'));
    served.push(`again ${n}`);
    await one.close();
  });
  const patient = await waiting;
  served.push('patient');
  await patient.close();
  await Promise.allSettled(again);
  expect(served).toEqual(['patient', 'again 3', 'again 4']);
  await Promise.all(open.map((one) => one.close()));
});

test('a sender who sends nothing holds no connection, and is refused after a while', async () => {
  const nothing = new ReadableStream<Uint8Array>() as unknown as AsyncIterable<Uint8Array>;
  const checked = stageKeys(otto, nothing, format(), new Peer(otto.id, 200));
  await expect(checked).rejects.toMatchObject({ reason: 'too-slow' });
  expect(await connections()).toBe(0);
});

test('a byte now and then is too slow; the least rate is not', async () => {
  const seconds = 0.5;
  async function* every(bytes: number) {
    for (let n = 0; n < 10; n += 1) {
      await new Promise((resolve) => setTimeout(resolve, seconds * 100));
      yield new Uint8Array(bytes);
    }
  }
  const read = async (bytes: number) => {
    let parts = 0;
    for await (const _ of sentBy(new Peer('otto', seconds * 500), every(bytes))) parts += 1;
    return parts;
  };
  await expect(read(1)).rejects.toMatchObject({ reason: 'too-slow' });
  // A little more, because timers are late and never early.
  expect(await read(leastRate * seconds * 0.5)).toBe(10);
});

test('time in the database does not count against the reader', async () => {
  await fillKeys(10);
  const blocker = await pagePool().connect();
  await blocker.query('begin; lock table api_key');
  const parts = exportKeys(vera, { username: '', q: '', status: undefined }, 300);
  const first = parts.next();
  await new Promise((resolve) => setTimeout(resolve, 600));
  await blocker.query('commit');
  blocker.release();
  expect((await first).done).toBe(false);
  await parts.return(undefined);
});
