import { retryHours, retryWait } from '@/lib/notices/retry';
import { signedHeaders } from '@/lib/notices/webhook-secret';

describe('when it is tried again', () => {
  it('is three times as long each time, up to four hours', () => {
    const waits = Array.from({ length: 9 }, (_, at) => retryWait(at + 1, () => 0));
    expect(waits).toEqual([30, 90, 270, 810, 2_430, 7_290, 14_400, 14_400, 14_400]);
  });

  it('differs by up to a fifth, so that what failed together does not come back together', () => {
    expect(retryWait(1, () => 0.999)).toBe(36);
    expect(new Set(Array.from({ length: 50 }, () => retryWait(7))).size).toBeGreaterThan(10);
  });

  it('is about a dozen times within the day', () => {
    const tries = (random: number) => {
      let [at, attempts] = [0, 1];
      for (; at + retryWait(attempts, () => random) <= retryHours * 3_600; attempts++) {
        at += retryWait(attempts, () => random);
      }
      return attempts;
    };
    expect([tries(0), tries(1)]).toEqual([12, 11]);
  });
});

describe('a signature', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');

  it('is the one that the makers of Standard Webhooks publish for this message', () => {
    const at = new Date(1_614_265_330_999);
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    expect(signedHeaders({ id, body: '{"test": 2432232314}', at }, [secret])).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is there for each secret that is good', () => {
    const message = { id: 'a', body: '', at: new Date(0) };
    const headers = signedHeaders(message, [secret, Buffer.from('b')]);
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });
});
