import 'server-only';
import { currentResponse } from '@/lib/log/request-id';

/** Milliseconds for the answer to arrive while its request is still being sent. */
const farewell = 5_000;

/** Closes the connection after the answer, because the sender would continue to send. */
export function closeAfterAnswer(): void {
  const response = currentResponse();
  const close = () => response?.req.complete || response?.req.socket.destroy();
  response?.once('finish', () => setTimeout(close, farewell).unref());
}
