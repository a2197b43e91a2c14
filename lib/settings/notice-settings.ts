import { z } from 'zod';
import { networkProblem } from '@/lib/network/network-list';
import { setting } from './setting';

export type MailServer = {
  host: string;
  port: number;
  /** TLS from the first byte. Otherwise STARTTLS, if the server offers it. */
  secure: boolean;
  auth: { user: string; pass: string } | undefined;
};

function parseMailServer(text: string, context: z.RefinementCtx): MailServer {
  const url = URL.canParse(text) ? new URL(text) : null;
  const secure = url?.protocol === 'smtps:';
  const plain = url && ['', '/'].includes(url.pathname) && !url.search && !url.hash;
  if (url?.hostname && plain && (secure || url.protocol === 'smtp:')) {
    try {
      const [user, pass] = [url.username, url.password].map(decodeURIComponent) as [string, string];
      return {
        host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
        port: Number(url.port) || (secure ? 465 : 587),
        secure,
        auth: user ? { user, pass } : undefined,
      };
    } catch {
      // Not valid percent-encoding.
    }
  }
  context.addIssue({
    code: 'custom',
    message: 'must look like smtps://user:password@host:465 or smtp://host:25.',
  });
  return z.NEVER;
}

function parseNetworks(text: string, context: z.RefinementCtx): string[] {
  if (text.trim() === 'true') return ['0.0.0.0/0', '::/0'];
  if (text.trim() === 'false') return [];
  const networks = text.split(',').map((network) => network.trim());
  if (networks.every((network) => networkProblem(network) === null)) return networks;
  context.addIssue({
    code: 'custom',
    message: 'must be networks such as 10.0.0.0/8, separated by commas, or true or false.',
  });
  return z.NEVER;
}

/** One address, alone or as `Name <address>`. It cannot inject a second header. */
const sender =
  /^(?:[^<>\p{C}@",;:\\]*<[^<>\s\p{C}@]+@[^<>\s\p{C}@]+>|[^<>\s\p{C}@]+@[^<>\s\p{C}@]+)$/u;

/** Notices by webhook and by mail; see docs/notices.md. */
export const noticeSettings = {
  SMTP_URL: setting(z.string().transform(parseMailServer).optional()),
  SMTP_FROM: setting(
    z
      .string()
      .max(254, 'must be at most 254 characters.')
      .regex(sender, 'must be a mail address, such as Keydesk <keydesk@example.org>.')
      .optional(),
  ),
  WEBHOOK_ALLOW_PRIVATE: setting(z.string().default('false').transform(parseNetworks)),
};

/** Refuses half a configuration: a server without a sender, or a sender without a server. */
export function noticeProblems(settings: { SMTP_URL?: unknown; SMTP_FROM?: unknown }): string[] {
  if (Boolean(settings.SMTP_URL) === Boolean(settings.SMTP_FROM)) return [];
  return ['SMTP_URL and SMTP_FROM must be set together.'];
}
