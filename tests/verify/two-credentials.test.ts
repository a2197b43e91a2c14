import type { IncomingMessage } from 'node:http';
import { sanitize } from '@/lib/http/trusted-headers';
import { environment } from './helpers/desk';

test('a second Authorization header is not silently dropped on the port for pages either', () => {
  Object.assign(process.env, environment('postgresql://nobody@127.0.0.1/none'));
  const request = {
    url: '/api/v1/gate',
    headers: { authorization: 'Bearer one' },
    rawHeaders: ['Authorization', 'Bearer one', 'authorization', 'Bearer two'],
    socket: { remoteAddress: '127.0.0.1' },
  };
  sanitize(request as unknown as IncomingMessage);
  expect(request.headers.authorization).toBe('Bearer one, Bearer two');
});
