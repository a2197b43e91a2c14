import 'server-only';
import { type Answer, json, problem } from '@/lib/http/problem';
import type { Verification } from './verification';

const authMethods = ['client_secret_basic', 'client_secret_post'];

type Known = Pick<Verification, 'issuer' | 'revocationOrigin' | 'mayChangeKeys'>;

/**
 * `GET /.well-known/oauth-authorization-server`, RFC 8414. It tells OAuth 2.0 clients where introspection and
 * revocation are, and how to authenticate. Keydesk issues no tokens over OAuth, so the document lists no
 * grants. A process that may not change keys does not know where revocation is, and does not name it.
 */
export function answerMetadata({ issuer, revocationOrigin, mayChangeKeys }: Known): Answer {
  if (!issuer) return problem(404, 'There is nothing here: VERIFY_URL is not set.');
  return json({
    issuer,
    introspection_endpoint: `${issuer}/api/v1/introspect`,
    introspection_endpoint_auth_methods_supported: authMethods,
    ...(mayChangeKeys && {
      revocation_endpoint: `${revocationOrigin ?? issuer}/api/v1/revoke`,
      revocation_endpoint_auth_methods_supported: authMethods,
    }),
    response_types_supported: [],
    grant_types_supported: [],
  });
}
