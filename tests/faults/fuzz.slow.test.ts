import { randomBytes, randomInt } from 'node:crypto';
import { times } from '../helpers/times';
import { sendRaw } from '../verify/helpers/raw';
import { say } from './helpers/say';
import { useInstance } from './helpers/use-instance';

jest.setTimeout(600_000);

const nasty = [
  () => Buffer.from('\0'),
  () => Buffer.from('%'),
  () => Buffer.from('%00%ff%c0%af%'),
  () => Buffer.from([0xc3, 0x28, 0xff, 0xfe, 0xed, 0xa0, 0x80]),
  () => Buffer.from('\u202e\ufeff😀'),
  () => Buffer.from('"\\\r\n'),
  () => Buffer.alloc(randomInt(10) ? 100 : 65_536, 'k'),
  () => randomBytes(randomInt(1, 60)),
  () => Buffer.from(`kd_${'A'.repeat(49)}`),
  () => Buffer.from('{"key":{"toString":1}}'),
  () => Buffer.from('{"__proto__":{"key":"x"}}'),
  () => Buffer.from(`${'['.repeat(3_000)}`),
  () => Buffer.from('token=%ff&token=a&ip=::1'),
];

const pick = <Item>(items: readonly Item[]) => items[randomInt(items.length)] as Item;

/** A request with an error somewhere. The service key is right, so that the rest is read. */
function request(service: string): Buffer {
  const junk = () => Buffer.concat(Array.from({ length: randomInt(1, 3) }, () => pick(nasty)()));
  const value = () =>
    Buffer.concat([pick([Buffer.from('Bearer '), Buffer.from('Basic '), Buffer.alloc(0)]), junk()]);
  const path = pick([
    '/api/v1/verify',
    '/api/v1/introspect',
    '/api/v1/revoke',
    '/api/v1/gate',
    '/healthz',
    '/readyz',
    '/',
    '/api/v1/gate?scope=%',
    '/api/v1/gate?scope=%ff&scope=',
    '*',
  ]);
  const lines: Buffer[] = [
    Buffer.from(
      `${pick(['GET', 'POST', 'POST', 'PUT', 'HEAD', 'X'])} ${path} HTTP/1.1\r\nHost: k\r\nConnection: close\r\n`,
    ),
  ];
  const add = (name: string, content: Buffer) =>
    lines.push(Buffer.from(`${name}: `), content, Buffer.from('\r\n'));
  if (randomInt(4)) add('X-Keydesk-Service', Buffer.from(service));
  if (randomInt(4)) add('Authorization', Buffer.from(`Bearer ${service}`));
  for (let count = randomInt(3); count > 0; count--) {
    add(
      pick([
        'Authorization',
        'X-API-Key',
        'X-Keydesk-Service',
        'X-Forwarded-For',
        'X',
        'Expect',
        'Transfer-Encoding',
      ]),
      value(),
    );
  }
  const body = randomInt(2)
    ? Buffer.concat([Buffer.from('{"key":"'), junk(), Buffer.from('"}')])
    : junk();
  add('Content-Length', Buffer.from(String(body.length)));
  return Buffer.concat([...lines, Buffer.from('\r\n'), body]);
}

const scene = useInstance();

test('no request causes an internal error or ends the process', async () => {
  const bob = await scene.database.addUser('bob');
  const newService = async () =>
    (await scene.database.addKey(bob, { scopes: ['keydesk:verify'] })).secret;
  const service = await newService();
  const key = (await scene.database.addKey(bob)).secret;
  const statuses: Record<string, number> = {};
  const faults: string[] = [];
  let left = times(100_000, 1_000);
  await Promise.all(
    Array.from({ length: 24 }, async () => {
      while (left-- > 0) {
        const sent = request(service);
        const answer = await sendRaw(scene.instance.port, sent, 3_000).catch(() => 'hung up');
        const status = /^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1] ?? 'none';
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (/^5(?!03)/.test(status)) faults.push(sent.toString('base64').slice(0, 2_000));
      }
    }),
  );
  say(`${times(100_000, 1_000)} fuzzed requests: ${JSON.stringify(statuses)}`);
  expect(faults).toEqual([]);
  expect(Object.keys(statuses)).toEqual(expect.arrayContaining(['200', '400', '401']));
  expect(scene.instance.isRunning()).toBe(true);
  // Some requests were guesses, so this caller may have to wait. Another need not.
  const calm = await newService();
  expect(await scene.instance.verify(calm, key)).toEqual({ status: 200, code: 'VALID' });
});
