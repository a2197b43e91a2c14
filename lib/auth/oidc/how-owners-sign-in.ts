import 'server-only';
import { settings } from '@/lib/settings/settings';
import { oidcConfiguration } from './configuration';
import { asksForEmail } from './provider-person';

/** How people without a role are recognised at their first sign-in, or what keeps them out. */
export function howOwnersSignIn() {
  const { OIDC_LINK_BY, REQUIRE_SECOND_FACTOR } = settings();
  if (!oidcConfiguration()) return 'none';
  if (REQUIRE_SECOND_FACTOR) return 'second-factor';
  return OIDC_LINK_BY === 'email' && !asksForEmail() ? 'no-email' : OIDC_LINK_BY;
}
