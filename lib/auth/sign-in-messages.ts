import 'server-only';
import { mostFailures } from './reauthentication-limit';

export const tooManyAtOnce = 'Too many people are signing in right now. Try again in a moment.';

/** What the sign-in page shows for one of these words in its address. */
const messages = {
  busy: tooManyAtOnce,
  ended: `You were signed out after ${mostFailures} wrong answers. Sign in again.`,
} as const;

export type SignInMessage = keyof typeof messages;

/** The message for a word in the address. An address can be forged, so it only selects a fixed message. */
export function signInMessage(said: unknown): string | null {
  const known = typeof said === 'string' && Object.hasOwn(messages, said);
  return known ? messages[said as SignInMessage] : null;
}
