import 'server-only';
import { settings } from './settings';

/** What the provider of single sign-on is called here; null if none is set. */
export function signOnLabel(): string | null {
  const { OIDC_ISSUER, OIDC_LABEL } = settings();
  return OIDC_ISSUER === undefined ? null : OIDC_LABEL;
}
