import { isPublic, judge } from '@/lib/notices/address-guard';
import { lookUpInTurn } from '@/lib/notices/find-addresses';
import { post } from '@/lib/notices/post';
import { useSettings } from '../helpers/settings';
import { type Receiver, startReceiver } from './receiver';

useSettings({ DATABASE_URL: 'postgresql://nobody@localhost/nothing' });

const everything = ['0.0.0.0/0', '::/0'];

describe('addresses that are not of the public internet', () => {
  it.each(
    `
    0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.127.255.255 127.0.0.1 127.255.255.254
    169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.1.1 198.18.0.1 198.19.255.255
    198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255
    :: ::1 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:7f00:1 ::127.0.0.1 64:ff9b::127.0.0.1 64:ff9b::8.8.8.8
    64:ff9b:1::1 100::1 2001::1 2001:10::1 2001:db8::1 2002:7f00:1:: 3fff::1 5f00::1 fc00::1
    fd12:3456::1 fe80::1 fe80::1%eth0 febf::1 fec0::1 ff02::1 4000::1 localhost 2130706433
  `
      .split(/\s+/)
      .filter(Boolean),
  )('%s is refused', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(
    '8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 193.0.0.1 223.255.255.254 2606:4700::1111 2a00:1450::1'.split(
      ' ',
    ),
  )('control: %s is not', (address) => {
    expect(isPublic(address)).toBe(true);
  });

  it.each([
    'https://127.0.0.1/',
    'https://127.1/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://017700000001/',
    'https://[::1]/',
    'https://[::ffff:10.0.0.1]/',
    'https://[fe80::1]/',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/',
  ])('%s is refused however it is written', async (url) => {
    expect(await judge(new URL(url), [])).toMatchObject({
      problem: expect.stringContaining('private or special'),
    });
    expect(await judge(new URL(url), everything)).toHaveProperty('addresses');
  });
});

describe('a name', () => {
  const resolve = (...addresses: string[]) => {
    const answer = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
    return async () => answer;
  };
  const url = new URL('https://hooks.example.org/in');

  it('is refused if one of its addresses is private, whichever comes first', async () => {
    const refused = { problem: expect.stringContaining('10.0.0.7') };
    expect(await judge(url, [], resolve('8.8.8.8', '10.0.0.7'))).toMatchObject(refused);
    expect(await judge(url, [], resolve('10.0.0.7', '8.8.8.8'))).toMatchObject(refused);
    expect(await judge(url, [], resolve('8.8.8.8'))).toHaveProperty('addresses');
  });

  it('is allowed within the networks that the installation names, and only there', async () => {
    const allowed = ['10.0.0.0/24'];
    expect(await judge(url, allowed, resolve('10.0.0.7'))).toHaveProperty('addresses');
    expect(await judge(url, allowed, resolve('10.0.1.7'))).toHaveProperty('problem');
  });

  it('may be posted to without TLS only within these', async () => {
    const plain = new URL('http://hooks.example.org/in');
    expect(await judge(plain, [], resolve('8.8.8.8'))).toMatchObject({
      problem: expect.stringContaining('use https'),
    });
    expect(await judge(plain, ['10.0.0.0/8'], resolve('10.0.0.7'))).toHaveProperty('addresses');
  });

  it('that cannot be found is reported', async () => {
    const lost = () => Promise.reject(new Error('ENOTFOUND'));
    expect(await judge(url, everything, lost)).toEqual({ problem: 'Host name not found.' });
  });
});

it('names are looked up two at a time, and each once for parallel callers', async () => {
  const ends: (() => void)[] = [];
  const asked: string[] = [];
  const resolve = lookUpInTurn((host) => {
    asked.push(host);
    return new Promise((done, fail) =>
      ends.push(() => (host === 'b' ? fail(new Error('gone')) : done([]))),
    );
  }, 2);
  const settled = Promise.allSettled(['a', 'b', 'a', 'c', 'd', 'c'].map(resolve));
  const turn = () => new Promise((done) => setImmediate(done));
  expect(asked).toEqual(['a', 'b']);
  // The next look-up also runs after one that failed.
  ends[1]?.();
  await turn();
  expect(asked).toEqual(['a', 'b', 'c']);
  for (let at = 0; at < 4; at++) {
    ends[at]?.();
    await turn();
  }
  expect(asked).toEqual(['a', 'b', 'c', 'd']);
  expect((await settled).map(({ status }) => status[0]).join('')).toBe('frffff');
  // Results are not cached, so the next look-up asks again.
  void resolve('a');
  expect(asked.at(-1)).toBe('a');
});

describe('a name that resolves to something else a moment later', () => {
  let inner: Receiver;
  let outer: Receiver;
  beforeAll(async () => {
    outer = await startReceiver('127.0.0.2');
    inner = await startReceiver('127.0.0.1', outer.port);
  });
  afterAll(() => {
    inner.stop();
    outer.stop();
  });
  beforeEach(() => {
    inner.received.length = 0;
    outer.received.length = 0;
  });

  /** Resolves to 127.0.0.2 at first, and to 127.0.0.1 from then on. */
  const rebinding = () => {
    let asked = 0;
    return async () => [{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.1', family: 4 }];
  };
  const message = () => ({
    url: `http://rebinding.example:${outer.port}/`,
    headers: {},
    body: '{}',
  });

  it('is connected to at the checked address, and checked again the next time', async () => {
    const resolve = rebinding();
    const options = { allowed: ['127.0.0.2/32'], resolve };
    expect(await post(message(), options)).toEqual({ status: 204, problem: null });
    expect(await post(message(), options)).toMatchObject({
      problem: expect.stringContaining('127.0.0.1 is private'),
    });
    expect([outer.received.length, inner.received.length]).toEqual([1, 0]);
  });

  it('control: without the check it reaches the internal server', async () => {
    const resolve = rebinding();
    const options = { allowed: everything, resolve };
    await post(message(), options);
    await post(message(), options);
    expect([outer.received.length, inner.received.length]).toEqual([1, 1]);
  });

  it('control: the name itself cannot be resolved, so it was not looked up again', async () => {
    const outcome = await post(message(), { allowed: everything });
    expect(outcome.problem).toBe('Host name not found.');
  });
});

describe('a post', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());
  const allowed = ['127.0.0.0/8'];
  const send = (longest?: number) =>
    post({ url: receiver.url, headers: {}, body: '{}' }, { allowed, ...(longest && { longest }) });

  it('follows no redirect', async () => {
    receiver.answerWith((response) =>
      response.writeHead(307, { location: `${receiver.url}/elsewhere` }).end(),
    );
    expect(await send()).toEqual({
      status: 307,
      problem: 'It answered 307: redirects are not followed.',
    });
    expect(receiver.received).toHaveLength(1);
  });

  it('gives up if there is no answer in time', async () => {
    receiver.answerWith(() => undefined);
    expect(await send(100)).toEqual({
      status: null,
      problem: 'No answer within 0.1 seconds.',
    });
  });

  it('reads only a little of an endless answer', async () => {
    let written = 0;
    const closed = new Promise<void>((resolve) => {
      receiver.answerWith((response) => {
        response.writeHead(200);
        const more = () => {
          while (!response.destroyed && response.write('x'.repeat(16_384))) written += 16_384;
        };
        response.on('drain', more);
        response.on('close', resolve);
        more();
      });
    });
    expect(await send()).toEqual({ status: 200, problem: null });
    await closed;
    // Only as much as the sockets in between buffer.
    expect(written).toBeLessThan(8_000_000);
  });

  it('reports a refused connection, and the status of an answer', async () => {
    receiver.answerWith((response) => response.writeHead(500).end('a secret of theirs'));
    expect(await send()).toEqual({ status: 500, problem: 'It answered 500.' });
    receiver.stop();
    expect(await send()).toMatchObject({
      problem: expect.stringContaining('nothing is listening'),
    });
  });
});
