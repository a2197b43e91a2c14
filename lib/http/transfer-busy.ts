import 'server-only';
import { TooManyTransfersError } from '@/db/transfer';
import { type EndOfTransfer, TransferEndedError } from '@/db/transfer-peer';

export const busyMessage = 'Too many exports and imports are under way. Try again in a minute.';

const endMessages: Record<EndOfTransfer, string> = {
  another: 'You started another transfer. At most two run at a time, so this one was ended.',
  'too-slow': 'The connection was too slow, so this transfer was ended. Try again.',
  'place-wanted':
    'The connection was too slow while others were waiting, so this transfer was ended. Try again.',
};

/** The message for the administrator whose transfer did not run; null for any other error. */
export function transferProblem(error: unknown): { problem: string; status: 409 | 503 } | null {
  if (error instanceof TooManyTransfersError) return { problem: busyMessage, status: 503 };
  if (!(error instanceof TransferEndedError)) return null;
  return { problem: endMessages[error.reason], status: 409 };
}

/** Answers with that message if the transfer cannot run. */
export async function answerBusy(run: () => Promise<Response>): Promise<Response> {
  try {
    return await run();
  } catch (error) {
    const found = transferProblem(error);
    if (!found) throw error;
    const { problem, status } = found;
    return new Response(problem, { status, headers: status === 503 ? retryLater : {} });
  }
}

export const retryLater = { 'Retry-After': '60' };
