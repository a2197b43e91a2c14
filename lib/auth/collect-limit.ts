import 'server-only';
import { findVisit } from './request-origin';
import { forgiveAtAddress, reserveAtAddress } from './sign-in-throttle';

/** Outcomes of somebody who guesses, or who has a link that is not for them. */
const wrong = ['wrong-link', 'wrong-code', 'sign-in-needed', 'other-person'];

/**
 * Slows down an address that sends wrong links or codes, or those of other people, as failed sign-ins do. The attempt is counted as wrong
 * before it is looked at, so that parallel guesses cannot outrun the count.
 */
export async function withCollectLimit<Result extends { outcome: string }>(
  run: (address: string) => Promise<Result>,
): Promise<Result | { outcome: 'wait'; seconds: number }> {
  const { address } = await findVisit();
  const seconds = await reserveAtAddress('collect', address);
  if (seconds > 0) return { outcome: 'wait', seconds };
  const forgive = () => forgiveAtAddress('collect', address);
  const result = await run(address).catch(async (error: unknown) => {
    await forgive();
    throw error;
  });
  if (!wrong.includes(result.outcome)) await forgive();
  return result;
}
