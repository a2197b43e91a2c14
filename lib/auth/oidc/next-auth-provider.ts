import 'server-only';
import { customFetch, type NextAuthConfig } from 'next-auth';
import { settings } from '@/lib/settings/settings';
import { cookieName, cookieOptions, type OwnCookie } from '../own-cookie';
import { oidcConfiguration } from './configuration';
import { providerFetch } from './provider-fetch';

/** Part of the address that the provider sends browsers back to. */
export const providerId = 'oidc';

/** The provider as NextAuth wants it; none where none is set. Nothing is asked of it at start. */
export function providers(): NextAuthConfig['providers'] {
  const configuration = oidcConfiguration();
  if (!configuration) return [];
  const { issuer, clientId, clientSecret } = configuration;
  return [
    {
      id: providerId,
      name: 'OpenID Connect',
      type: 'oidc',
      issuer,
      clientId,
      clientSecret,
      checks: ['pkce', 'state', 'nonce'],
      authorization: { params: { scope: settings().OIDC_SCOPE } },
      // Who it is, `readProviderPerson` decides; NextAuth needs no more than an object.
      profile: () => ({}),
      [customFetch]: providerFetch,
    },
  ];
}

const fifteenMinutes = 900;

/** The cookies that tie an answer of the provider to the browser that asked. */
export function providerChecks(): NextAuthConfig['cookies'] {
  const cookie = (name: OwnCookie) => ({
    name: cookieName(name),
    options: { ...cookieOptions(), maxAge: fifteenMinutes },
  });
  return { pkceCodeVerifier: cookie('pkce'), state: cookie('state'), nonce: cookie('nonce') };
}
