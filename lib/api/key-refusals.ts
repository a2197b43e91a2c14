import 'server-only';
import { eq } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import {
  reservedScopesRefusal,
  retiredScopesRefusal,
  serviceKeyRefusal,
} from '@/lib/keys/reserved-scopes';
import { ProblemError } from './api-problem';
import { refuseValues } from './read-checked';

const at = (pointer: string, detail: string) => refuseValues([{ pointer, detail }]);

/** Outcomes of the functions of `lib/keys` that changed nothing. */
type Refusal = {
  outcome: string;
  username?: string;
  message?: string;
  most?: number;
};

/** The problem for a function that did not change a key, by its outcome. */
export function keyRefusal({ outcome, username, message, most }: Refusal): ProblemError {
  switch (outcome) {
    case 'unknown-user':
      return at('/user', 'This user is not in the database.');
    case 'disabled-user':
      return at('/user', `User "${username}" is disabled.`);
    case 'too-many-keys':
      return at('/user', `User "${username}" may have at most ${most} keys.`);
    case 'bad-expiry':
      return at('/expiresAt', message ?? 'This expiry date is refused.');
    case 'no-mail-server':
      return at('/handOver/mail', 'No mail server is set up.');
    case 'no-address':
      return at('/handOver/mail', `There is no address for user "${username}".`);
    case 'no-sign-on':
      return at('/handOver/signOn', message ?? 'Its user cannot sign in here.');
    case 'reserved-scopes':
      return new ProblemError('forbidden', reservedScopesRefusal);
    case 'retired-scopes':
      return at('/scopes', retiredScopesRefusal);
    case 'needs-admin':
      return new ProblemError('forbidden', serviceKeyRefusal);
    case 'waiting':
      return new ProblemError('conflict', 'The key waits to be collected, which switches it on.');
    case 'over':
      return new ProblemError('conflict', 'The key was deleted more than 30 days ago.');
    case 'owner-gone':
      return new ProblemError('conflict', 'The owner of the key was deleted.');
    case 'not-deleted':
      return new ProblemError('conflict', 'The key is not deleted.');
    default:
      return new ProblemError('conflict', 'The key could not be changed as it is now.');
  }
}

/** The problem for a key that is not there: deleted, or never known. */
export async function missingKey(id: string, tx: Queryable = database()): Promise<ProblemError> {
  const [known] = await tx.select({ id: apiKey.id }).from(apiKey).where(eq(apiKey.id, id));
  return new ProblemError(
    known ? 'gone' : 'not-found',
    known ? undefined : 'There is no such key.',
  );
}
