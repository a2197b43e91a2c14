import { createHash } from 'node:crypto';
import { collectKeyAction } from '@/app/collect/actions';
import { collectInBrowser } from '@/app/collect/collect-in-browser';
import { halvesOf } from '@/app/collect/open-seal';
import { pagePool } from '@/db/client';
import { decrypt } from '@/lib/crypto/aes-gcm';
import { fragmentIn, sealContext } from '@/lib/keys/hand-over/fragment-uses';
import { openSealWith, proofOf } from '@/lib/keys/hand-over/seal';
import { useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { request } from '../helpers/request';
import { send } from '../helpers/sign-in';
import { type Link, letExpire, replacementFor, waitingKey } from './helpers';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});
let client = 0;
/** Each test asks from an address of its own. */
beforeEach(() => request.headers.set('x-keydesk-address', `198.51.100.${++client}`));

/** Every value of every table as text. */
async function dump(): Promise<string> {
  const { rows } = await pagePool().query(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  const texts = await Promise.all(
    rows.map(({ name }) => pagePool().query(`select t::text as row from ${name} t`)),
  );
  return texts.flatMap((one) => one.rows.map(({ row }) => row)).join('\n');
}

async function sealOf({ id }: Link): Promise<Buffer> {
  const { rows } = await pagePool().query('select sealed_secret from hand_over where id = $1', [
    id,
  ]);
  return rows[0].sealed_secret;
}

/** The bytes as programs write them. */
const written = (bytes: Buffer) => [
  bytes.toString('hex'),
  bytes.toString('base64').replace(/=+$/, ''),
  bytes.toString('base64url'),
];

describe('whoever has the database', () => {
  it('finds neither the fragment nor the proof nor the secret', async () => {
    const { id } = await makeKey(otto, 'grace');
    const links = [await waitingKey({ withCode: true }), await replacementFor(id)];
    for (const link of links) {
      await send(collectKeyAction, { id: link.id, secretPart: 'A'.repeat(43) });
      const all = await dump();
      const secret = openSealWith(link.fragment, link.id, await sealOf(link)) ?? '';
      const halves = [Buffer.from(link.fragment, 'base64url'), Buffer.from(proofOf(link.fragment))];
      for (const text of [...halves.flatMap(written), secret, secret.slice(7, 40)]) {
        expect([text.length > 20, all.includes(text)]).toEqual([true, false]);
      }
      // The control: the seal itself is found.
      expect(all).toContain((await sealOf(link)).toString('hex'));
    }
  });

  it('opens no seal with any 32 bytes that are stored, or with the proof that proxies see', async () => {
    const link = await waitingKey();
    const sealed = await sealOf(link);
    const stored = [...(await dump()).matchAll(/\\\\x([0-9a-f]{64,})/g)].map(([, hex]) =>
      Buffer.from((hex ?? '').slice(0, 64), 'hex'),
    );
    const proof = Buffer.from(proofOf(link.fragment), 'base64url');
    expect(stored.length).toBeGreaterThan(3);
    const keys = [...stored, proof, createHash('sha256').update(proof).digest()];
    for (const key of keys) expect(decrypt(sealed, key, sealContext(link.id))).toBeNull();
    expect(openSealWith(proofOf(link.fragment), link.id, sealed)).toBeNull();
    expect(openSealWith(link.fragment, link.id, sealed)).not.toBeNull();
  });

  it('cannot move a seal to another row, or open one whose bytes were changed', async () => {
    const [link, other] = [await waitingKey(), await waitingKey()];
    const sealed = await sealOf(link);
    expect(openSealWith(link.fragment, other.id, sealed)).toBeNull();
    sealed.writeUInt8(sealed.readUInt8(20) ^ 1, 20);
    expect(openSealWith(link.fragment, link.id, sealed)).toBeNull();
  });
});

describe('a browser', () => {
  const inBrowser = (hash: string) => {
    Object.assign(globalThis, { window: { location: { hash } } });
    return collectInBrowser(async (_previous, form) => {
      sent.push(Object.fromEntries(form) as Record<string, string>);
      return send(collectKeyAction, Object.fromEntries(form) as Record<string, string>);
    });
  };
  const sent: Record<string, string>[] = [];
  afterEach(() => {
    Reflect.deleteProperty(globalThis, 'window');
    sent.length = 0;
  });

  it('derives the same as the server', async () => {
    const link = await waitingKey();
    const halves = await halvesOf(link.fragment);
    expect(await halves.proof()).toBe(proofOf(link.fragment));
    const sealed = (await sealOf(link)).toString('base64url');
    const secret = openSealWith(link.fragment, link.id, await sealOf(link));
    expect(await halves.open({ id: link.id, sealed })).toBe(secret);
  });

  it('opens the seal without sending the fragment', async () => {
    const link = await waitingKey();
    const answer = await send(inBrowser(`#${link.fragment}`), { id: link.id, secretPart: '' });
    expect(answer).toMatchObject({ data: { outcome: 'opened', secret: expect.any(String) } });
    expect(JSON.stringify(sent)).not.toContain(link.fragment);
    expect(sent).toHaveLength(1);
  });

  it('sends nothing where the address has no fragment', async () => {
    const link = await waitingKey();
    const answer = await send(inBrowser(''), { id: link.id, secretPart: 'not a link' });
    expect([answer.status, sent]).toEqual(['failed', []]);
  });
});

describe('without JavaScript', () => {
  it.each([
    ['the part after #', ({ fragment }: Link) => fragment],
    [
      'the whole link',
      ({ id, fragment }: Link) => ` http://localhost:3000/collect/${id}#${fragment}\n`,
    ],
  ])('%s is enough, and the server opens the seal', async (_what, paste) => {
    const link = await waitingKey();
    const answer = await send(collectKeyAction, { id: link.id, secretPart: paste(link) });
    expect(answer).toMatchObject({ data: { outcome: 'opened', username: 'grace', active: true } });
  });

  it('a second visit says so and brings what switches the key off', async () => {
    const link = await waitingKey();
    const fields = { id: link.id, secretPart: link.fragment };
    await send(collectKeyAction, fields);
    const again = await send(collectKeyAction, fields);
    const proof = proofOf(link.fragment);
    expect(again).toMatchObject({
      data: { outcome: 'collected-before', from: request.headers.get('x-keydesk-address'), proof },
    });
    const stop = { id: link.id, stop: 'yes' };
    expect((await send(collectKeyAction, { ...stop, secretProof: 'A'.repeat(43) })).status).toBe(
      'failed',
    );
    expect(await countRows('api_key', `id = '${link.key}' and active`)).toBe(1);
    expect(await send(collectKeyAction, { ...stop, secretProof: proof })).toMatchObject({
      data: { outcome: 'stopped' },
    });
    expect(await countRows('api_key', `id = '${link.key}' and active`)).toBe(0);
  });

  it('nothing is put back into the form of a refusal', async () => {
    const link = await waitingKey();
    await letExpire(link.id);
    const answer = await send(collectKeyAction, { id: link.id, secretPart: link.fragment });
    expect(answer).toMatchObject({ status: 'failed', values: {} });
    const bad = await send(collectKeyAction, { id: 'no id', secretPart: link.fragment });
    expect(JSON.stringify(bad)).not.toContain(link.fragment);
  });
});

it('an address that guesses waits longer each time, and others do not', async () => {
  const link = await waitingKey();
  const guess = () => send(collectKeyAction, { id: link.id, secretPart: 'A'.repeat(43) });
  const wait = { message: expect.stringContaining('Too many failed attempts') };
  for (let tries = 0; tries < 5; tries++) expect(await guess()).not.toMatchObject(wait);
  expect(await guess()).toMatchObject(wait);
  const right = { id: link.id, secretPart: link.fragment };
  expect(await send(collectKeyAction, right)).toMatchObject(wait);
  request.headers.set('x-keydesk-address', '198.51.100.200');
  expect(await send(collectKeyAction, right)).toMatchObject({ status: 'done' });
});

it('a fault of the database says nothing of it, and does not claim that nothing happened', async () => {
  const link = await waitingKey();
  await pagePool().query('alter table hand_over rename column wrong_codes to gone');
  const answer = await send(collectKeyAction, { id: link.id, secretPart: link.fragment });
  await pagePool().query('alter table hand_over rename column gone to wrong_codes');
  expect(answer).toMatchObject({ message: expect.stringContaining('Open the link again shortly') });
  expect(JSON.stringify(answer)).not.toMatch(/hand_over|column|used up/);
});

it('an action from another site collects nothing', async () => {
  const link = await waitingKey();
  request.headers.set('origin', 'https://evil.example');
  const answer = await send(collectKeyAction, { id: link.id, secretPart: link.fragment });
  request.headers.set('origin', 'http://localhost:3000');
  expect(answer.status).toBe('failed');
  expect(await countRows('hand_over', `id = '${link.id}' and state = 'open'`)).toBe(1);
});

it('a fragment is found alone or in a link, and nothing else is taken for one', () => {
  const fragment = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNO-_';
  expect(fragmentIn(fragment)).toBe(fragment);
  expect(fragmentIn(`#${fragment}`)).toBe(fragment);
  for (const text of ['', '#', `${fragment}x`, fragment.slice(1), `${fragment}#`]) {
    expect(fragmentIn(text)).toBeNull();
  }
});
