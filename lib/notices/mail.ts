import 'server-only';
import type { Socket } from 'node:net';
import { getSystemErrorName } from 'node:util';
import { settleWithin } from '@/lib/network/deadline';
import type { MailServer } from '@/lib/settings/notice-settings';
import { settings } from '@/lib/settings/settings';
import { mailMessages } from './delivery-messages';
import { connectTo } from './mail-connection';
import { letter } from './mail-text';
import type { Message } from './messages';
import { connectionProblem, type Outcome } from './post';

const longestWait = 10_000;
/** For a mail as a whole: below the time after which another instance would try it as well. */
const longestMail = 30_000;

/** Sends one mail to one person. What the server says is not kept, for anything may stand in it. */
export async function sendMail(
  id: string,
  message: Message,
  recipient: string,
  longest = longestMail,
): Promise<Outcome> {
  const { SMTP_URL: server, SMTP_FROM: from } = settings();
  if (!server || !from) return { status: null, problem: mailMessages.off };
  return settleWithin(
    longest,
    async (signal) => {
      try {
        const connection = await connectTo(server, signal);
        await hand(connection, server, { id, from, message, recipient, longest });
        return { status: null, problem: null };
      } catch (error) {
        return { status: statusOf(error), problem: mailProblem(error) };
      }
    },
    // For a server that says nothing, or always a little and never comes to an end.
    () => ({ status: null, problem: mailMessages.slow }),
  );
}

type Mail = { id: string; from: string; message: Message; recipient: string; longest: number };

async function hand(
  connection: Socket,
  server: MailServer,
  { id, from, message, recipient, longest }: Mail,
): Promise<void> {
  const { AUTH_URL } = settings();
  // Loaded where it is used: most installations send no mail.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...server,
    connection,
    // A password is never sent in the clear.
    requireTLS: server.auth !== undefined && !server.secure,
    greetingTimeout: Math.min(longestWait, longest),
    socketTimeout: longestWait,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, text } = letter(message, AUTH_URL);
  await transport.sendMail({
    from,
    // As an object it is one address, whatever stands in it.
    to: { name: '', address: recipient },
    subject,
    text,
    // The same for each try: a mail that comes twice is one.
    messageId: `<${id}@${new URL(AUTH_URL).hostname}>`,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
}

function statusOf(error: unknown): number | null {
  const { responseCode } = error as { responseCode?: unknown };
  return typeof responseCode === 'number' ? responseCode : null;
}

function mailProblem(error: unknown): string {
  const { code, errno } = error as { code?: unknown; errno?: unknown };
  const status = statusOf(error);
  // The package writes its own code over that of the system, which is then in the number alone.
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
