import 'server-only';
import { settings } from '@/lib/settings/settings';

export type OidcConfiguration = {
  issuer: string;
  clientId: string;
  clientSecret: string;
  label: string;
};

/** The configured provider; null if none is set. */
export function oidcConfiguration(): OidcConfiguration | null {
  const { OIDC_ISSUER, OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, OIDC_LABEL } = settings();
  if (!OIDC_ISSUER || !OIDC_CLIENT_ID || !OIDC_CLIENT_SECRET) return null;
  return {
    issuer: OIDC_ISSUER,
    clientId: OIDC_CLIENT_ID,
    clientSecret: OIDC_CLIENT_SECRET,
    label: OIDC_LABEL,
  };
}

/** The issuer as identities store it. A bare host gets a final slash, so that both spellings are equal. */
export const issuerName = (issuer: string) => new URL(issuer).href;
