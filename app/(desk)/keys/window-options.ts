import { rateWindows } from '@/lib/keys/policy/policy-choices';
import { policyLabels } from './policy-labels';

/** Lengths of a rate limit's window: their values are seconds. */
export const windowOptions = rateWindows.map((value) => ({
  value,
  label: policyLabels.rateWindows[value],
}));
