import 'server-only';
import { mostFailures } from './reauthentication-limit';

export const tooManyAtOnce = 'Too many people are signing in right now. Try again in a moment.';

/** What the sign-in page says where an address leads there with one of these words. */
const messages = {
  busy: tooManyAtOnce,
  ended: `You were signed out after ${mostFailures} wrong answers. Sign in again.`,
} as const;

export type SignInMessage = keyof typeof messages;

/** The message for what an address says; anybody can write an address, so it only chooses one. */
export function signInMessage(said: unknown): string | null {
  const known = typeof said === 'string' && Object.hasOwn(messages, said);
  return known ? messages[said as SignInMessage] : null;
}
