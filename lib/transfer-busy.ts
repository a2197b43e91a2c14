import 'server-only';
import { TooManyTransfersError } from '@/db/transfer';

export const busyMessage = 'Too many exports and imports are under way. Try again in a minute.';

/** Answers 503 where as many transfers are under way as may be. */
export async function answerBusy(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof TooManyTransfersError)) throw error;
    return new Response(busyMessage, { status: 503, headers: { 'Retry-After': '60' } });
  }
}
