import type { IncomingMessage, ServerResponse } from 'node:http';
import { beginRequest } from '@/lib/log/request-id';
import { post } from '@/lib/notices/post';
import { useSettings } from '../helpers/settings';
import { startReceiver } from './receiver';

const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';

test('what is posted while somebody waits belongs to their trace, and nothing else does', async () => {
  useSettings({
    DATABASE_URL: 'postgresql://x@localhost/x',
    WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8',
  });
  const receiver = await startReceiver();
  const send = () => post({ url: receiver.url, headers: {}, body: '{}' });
  const within = (told: string) =>
    Promise.resolve().then(() => {
      const request = { headers: { traceparent: told } } as unknown as IncomingMessage;
      beginRequest(request, {} as ServerResponse);
      return send();
    });
  await send();
  await within(traceparent);
  await within('nonsense');
  const traces = receiver.received.map(({ headers }) => headers.traceparent);
  expect(traces).toEqual([undefined, traceparent, undefined]);
  await receiver.stop();
  useSettings({ WEBHOOK_ALLOW_PRIVATE: '' });
});
