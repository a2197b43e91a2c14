import 'server-only';
import { customFetch, type NextAuthConfig } from 'next-auth';
import { settings } from '@/lib/settings/settings';
import { cookieName, cookieOptions, type OwnCookie } from '../own-cookie';
import { oidcConfiguration } from './configuration';
import { providerFetch } from './provider-fetch';

/** Part of the address to which the provider redirects browsers. */
export const providerId = 'oidc';

/** The provider in the form that NextAuth expects; empty if none is set. The start does not contact it. */
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
      // `readProviderPerson` decides who it is. NextAuth needs only an object.
      profile: () => ({}),
      [customFetch]: providerFetch,
    },
  ];
}

const fifteenMinutes = 900;

/** The cookies that tie the provider's answer to the browser that asked. */
export function providerChecks(): NextAuthConfig['cookies'] {
  const cookie = (name: OwnCookie) => ({
    name: cookieName(name),
    options: { ...cookieOptions(), maxAge: fifteenMinutes },
  });
  return { pkceCodeVerifier: cookie('pkce'), state: cookie('state'), nonce: cookie('nonce') };
}
