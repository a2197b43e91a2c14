import 'server-only';
import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { settleWithin } from '@/lib/network/deadline';
import type { MailServer } from '@/lib/settings/notice-settings';
import { settings } from '@/lib/settings/settings';
import { mailMessages } from './delivery-messages';
import type { Letter } from './letter';
import { connectTo } from './mail-connection';
import { connectionProblem, type Outcome } from './post';

const longestWait = 10_000;
/** Milliseconds for a whole mail. Shorter than the time after which another instance would try it too. */
const longestMail = 30_000;

/** Sends one mail to one recipient. The server's answer is not kept, because it may contain anything. */
export async function sendMail(
  id: string,
  letter: Letter,
  recipient: string,
  longest = longestMail,
): Promise<Outcome> {
  const { SMTP_URL: server, SMTP_FROM: from } = settings();
  if (!server || !from) return { status: null, problem: mailMessages.off };
  return settleWithin(
    longest,
    async (signal): Promise<Outcome> => {
      try {
        const connection = await connectTo(server, signal);
        await hand(connection, server, { id, from, letter, recipient, longest });
        return { status: null, problem: null };
      } catch (error) {
        return { status: statusOf(error), problem: mailProblem(error), bounced: isRefused(error) };
      }
    },
    // For a server that sends nothing, or sends a little again and again without an end.
    () => ({ status: null, problem: mailMessages.slow }),
  );
}

type Mail = { id: string; from: string; letter: Letter; recipient: string; longest: number };

async function hand(
  connection: Socket,
  server: MailServer,
  { id, from, letter, recipient, longest }: Mail,
): Promise<void> {
  const { AUTH_URL } = settings();
  // Loaded on use, because most installations send no mail.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...server,
    connection,
    // Never send a password in the clear.
    requireTLS: server.auth !== undefined && !server.secure,
    greetingTimeout: Math.min(longestWait, longest),
    socketTimeout: longestWait,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  await transport.sendMail({
    from,
    // An object is always one address, whatever the text contains.
    to: { name: '', address: recipient },
    ...letter,
    // The same id for each attempt, so that a mail delivered twice shows as one.
    messageId: `<${id}@${new URL(AUTH_URL).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}

function statusOf(error: unknown): number | null {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' ? responseCode : null;
}

/** Refusals of the sender or of the password are not the fault of the recipient's address. */
function isRefused(error: unknown): boolean {
  const { command } = error as { command?: unknown };
  return (statusOf(error) ?? 0) >= 500 && (command === 'RCPT TO' || command === 'DATA');
}

function mailProblem(error: unknown): string {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  const status = statusOf(error);
  // The package replaces the system's code by its own, so the system's error is only in `errno`.
  if (code === 'ESOCKET' && typeof errno === 'number') {
    return connectionProblem({ code: getSystemErrorName(errno) });
  }
  if (code === 'ESOCKET') return mailMessages.brokenTls;
  if (code === 'EAUTH') return mailMessages.login;
  if (code === 'ETLS') return mailMessages.noTls;
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return mailMessages.hostNotFound;
  if (code === 'ETIMEDOUT') return mailMessages.slow;
  if (status !== null) return mailMessages.refused(status);
  return connectionProblem(error);
}
