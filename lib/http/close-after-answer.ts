import 'server-only';
import { currentResponse } from '@/lib/log/request-id';

/** Time for an answer to arrive where its request is still being sent, in milliseconds. */
const farewell = 5_000;

/** Closes the connection after the answer, for a sender who would go on sending. */
export function closeAfterAnswer(): void {
  const response = currentResponse();
  const close = () => response?.req.complete || response?.req.socket.destroy();
  response?.once('finish', () => setTimeout(close, farewell).unref());
}
