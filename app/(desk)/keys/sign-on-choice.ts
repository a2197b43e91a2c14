import 'server-only';
import { findSignOn } from '@/lib/keys/hand-over/collector';
import { deliveryLabels as labels } from './delivery-labels';

/** What the choice is called that only its user gets the key, and what it means. */
export type SignOnChoice = { label: string; hint: string };

/** Null while people without a role cannot sign in here. */
export async function findSignOnChoice(): Promise<SignOnChoice | null> {
  const provider = await findSignOn();
  return provider === null ? null : { label: labels.signOn, hint: labels.signOnHint(provider) };
}
