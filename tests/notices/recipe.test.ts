import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { signedHeaders } from '@/lib/notices/webhook-secret';

type Verify = (headers: Record<string, string>, body: string, secret: string) => unknown;

/** The recipe for Node in docs/notices.md, verbatim. */
function documented(): Verify {
  const code = /```js\n([\s\S]*?)```/.exec(readFileSync('docs/notices.md', 'utf8'))?.[1] ?? '';
  const body = `${code.replace(/^import .*$/m, '')}; return verify;`;
  return new Function('createHmac', 'timingSafeEqual', 'Buffer', body)(
    ...[createHmac, timingSafeEqual, Buffer],
  ) as Verify;
}

test('the documented recipe accepts our signatures, and nothing else', () => {
  const verify = documented();
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const key = Buffer.from(secret.slice(6), 'base64');
  const body = '{"name":"Zoë"}';
  const headers = signedHeaders({ id: 'one', body, at: new Date() }, [Buffer.from('old'), key]);
  expect(verify(headers, body, secret)).toEqual({ name: 'Zoë' });
  const late = signedHeaders({ id: 'one', body, at: new Date(Date.now() - 301_000) }, [key]);
  expect(() => verify(late, body, secret)).toThrow('too old');
  expect(() => verify(headers, `${body} `, secret)).toThrow('not signed');
  expect(() => verify({ ...headers, 'webhook-id': 'two' }, body, secret)).toThrow('not signed');
  expect(() => verify({ ...headers, 'webhook-timestamp': 'NaN' }, body, secret)).toThrow('too old');
});
