import {
  reservedScopesRefusal,
  retiredScopesRefusal,
  serviceKeyRefusal,
} from '@/lib/keys/reserved-scopes';

/** What a function of `lib/keys` says when it changed nothing. */
type Refused = { outcome: string; username?: string; message?: string; most?: number };

/** The reason in one sentence. */
export function refusalOf({ outcome, username, message, most }: Refused, user = ''): string {
  switch (outcome) {
    case 'unknown-user':
      return `User "${user}" is not in the database.`;
    case 'disabled-user':
      return `User "${username}" is disabled.`;
    case 'too-many-keys':
      return `User "${username}" may have at most ${most} keys.`;
    case 'bad-expiry':
      return message ?? 'This expiry date is refused.';
    case 'no-mail-server':
      return 'No mail server is set up: set SMTP_URL and SMTP_FROM as the desk has them.';
    case 'no-address':
      return `There is no email address to which the link for "${username}" could be mailed.`;
    case 'no-sign-on':
      return message ?? 'Its user cannot sign in here.';
    case 'reserved-scopes':
      return reservedScopesRefusal;
    case 'retired-scopes':
      return retiredScopesRefusal;
    case 'needs-admin':
      return serviceKeyRefusal;
    case 'needs-username':
      return `It was used in the last 24 hours. To delete it, add: --confirm ${username}`;
    case 'gone':
      return 'There is no such key.';
    default:
      return 'The key could not be changed as it is now.';
  }
}
