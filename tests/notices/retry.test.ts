import fc from 'fast-check';
import { retryAfter, retryHours, retryWait } from '@/lib/notices/retry';
import { signedHeaders } from '@/lib/notices/webhook-secret';

describe('the wait before a retry', () => {
  it('triples each time, up to four hours', () => {
    const waits = Array.from({ length: 9 }, (_, at) => retryWait(at + 1, 0, () => 0));
    expect(waits).toEqual([30, 90, 270, 810, 2_430, 7_290, 14_400, 14_400, 14_400]);
  });

  it('varies by up to a fifth, so that deliveries that failed together are not retried together', () => {
    expect(retryWait(1, 0, () => 0.999)).toBe(36);
    expect(new Set(Array.from({ length: 50 }, () => retryWait(7))).size).toBeGreaterThan(10);
  });

  it('gives about a dozen retries within a day', () => {
    const tries = (random: number) => {
      let [at, attempts] = [0, 1];
      for (; at + retryWait(attempts, 0, () => random) <= retryHours * 3_600; attempts++) {
        at += retryWait(attempts, 0, () => random);
      }
      return attempts;
    };
    expect([tries(0), tries(1)]).toEqual([12, 11]);
  });
});

describe('a receiver that sends Retry-After', () => {
  it('gets that wait, but at most four hours, and never less than our own wait', () => {
    expect(retryWait(1, 600, () => 0)).toBe(600);
    expect(retryWait(1, 5, () => 0)).toBe(30);
    expect(retryWait(1, 999_999_999, () => 0)).toBe(14_400);
  });

  it('may send seconds or a date', () => {
    const now = Date.parse('2026-11-24T00:00:00Z');
    expect(retryAfter('120', now)).toBe(120);
    expect(retryAfter('Tue, 24 Nov 2026 00:01:30 GMT', now)).toBe(90);
    expect(retryAfter('Mon, 23 Nov 2026 23:59:00 GMT', now)).toBe(0);
  });

  it('is ignored for any other text', () => {
    const nonsense = ['', '-1', '1.5', '0x10', '1e9', 'soon', '2026-11-25', '99999999999'];
    expect(nonsense.map((header) => retryAfter(header))).toEqual(nonsense.map(() => 0));
    expect(retryAfter(undefined)).toBe(0);
    fc.assert(
      fc.property(fc.string(), fc.nat(), (header, attempts) => {
        const wait = retryWait(1 + (attempts % 20), retryAfter(header));
        expect(wait).toBeGreaterThanOrEqual(30);
        expect(wait).toBeLessThanOrEqual(14_400 * 1.2);
      }),
    );
  });
});

describe('a signature', () => {
  const secret = Buffer.from('MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', 'base64');

  it('matches the published example of Standard Webhooks', () => {
    const at = new Date(1_614_265_330_999);
    const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    expect(signedHeaders({ id, body: '{"test": 2432232314}', at }, [secret])).toEqual({
      'webhook-id': id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('is made for each valid secret', () => {
    const message = { id: 'a', body: '', at: new Date(0) };
    const headers = signedHeaders(message, [secret, Buffer.from('b')]);
    expect(headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/);
  });
});
