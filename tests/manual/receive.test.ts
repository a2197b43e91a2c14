import { spawnSync } from 'node:child_process';
import { signedHeaders } from '@/lib/notices/webhook-secret';
import { requireProgram } from '../helpers/require-program';
import { blocksOf } from './helpers/run-block';

/** Calls the function of docs/notices.md with what arrived, and prints the event or the error. */
const main = `
import sys
headers, body, secret = json.loads(sys.argv[1])
try:
    print(json.dumps(verify(headers, body.encode(), secret)))
except Exception as error:
    print(type(error).__name__, error)
`;

it('the recipe for Python in docs/notices.md accepts our signatures, and nothing else', () => {
  requireProgram('python3');
  const [code = ''] = blocksOf('docs/notices.md', 'python');
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  const key = Buffer.from(secret.slice(6), 'base64');
  const body = '{"name":"Zoë"}';
  const verify = (headers: Record<string, string>, text = body) =>
    spawnSync('python3', ['-c', code + main, JSON.stringify([headers, text, secret])], {
      encoding: 'utf8',
    }).stdout.trim();
  const headers = signedHeaders({ id: 'one', body, at: new Date() }, [key]);
  expect(JSON.parse(verify(headers))).toEqual({ name: 'Zoë' });
  expect(verify(headers, `${body} `)).toMatch(/Error/);
  expect(verify({ ...headers, 'webhook-id': 'two' })).toMatch(/Error/);
  const late = signedHeaders({ id: 'one', body, at: new Date(Date.now() - 301_000) }, [key]);
  expect(verify(late)).toMatch(/Error/);
});
