import 'server-only';
import { getSystemErrorName } from 'node:util';
import { settings } from '../env';
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
  const { SMTP_URL: server, SMTP_FROM: from, AUTH_URL } = settings();
  if (!server || !from) return { status: null, problem: 'SMTP_URL is not set.' };
  // Loaded where it is used: most installations send no mail.
  const { createTransport } = await import('nodemailer');
  const transport = createTransport({
    ...server,
    // A password is never sent in the clear.
    requireTLS: server.auth !== undefined && !server.secure,
    connectionTimeout: longestWait,
    greetingTimeout: longestWait,
    socketTimeout: longestWait,
    dnsTimeout: longestWait,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { subject, text } = letter(message, AUTH_URL);
  const sent = transport
    .sendMail({
      from,
      // As an object it is one address, whatever stands in it.
      to: { name: '', address: recipient },
      subject,
      text,
      // The same for each try: a mail that comes twice is one.
      messageId: `<${id}@${new URL(AUTH_URL).hostname}>`,
      headers: { 'Auto-Submitted': 'auto-generated' },
    })
    .then(
      (): Outcome => ({ status: null, problem: null }),
      (error: unknown): Outcome => ({ status: statusOf(error), problem: mailProblem(error) }),
    );
  return Promise.race([sent, tooLate(longest)]);
}

/** For a server that always says a little and never comes to an end. */
function tooLate(longest: number): Promise<Outcome> {
  const problem = 'The mail server did not answer in time.';
  return new Promise((resolve) => {
    setTimeout(() => resolve({ status: null, problem }), longest).unref();
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
  if (code === 'ESOCKET') return 'The connection was broken: its certificate may not be trusted.';
  if (code === 'EAUTH') return 'The mail server refused name or password of SMTP_URL.';
  if (code === 'ETLS') return 'The mail server offers no TLS that could be trusted.';
  if (code === 'EDNS') return 'The name of the mail server cannot be found.';
  if (code === 'ETIMEDOUT') return 'The mail server did not answer in time.';
  if (status !== null) return `The mail server refused the mail (${status}).`;
  return connectionProblem(error);
}
