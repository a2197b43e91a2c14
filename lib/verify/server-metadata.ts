import 'server-only';
import { type Answer, json, problem } from '@/lib/http/problem';
import type { Verification } from './verification';

const authMethods = ['client_secret_basic', 'client_secret_post'];

/**
 * `GET /.well-known/oauth-authorization-server`, RFC 8414. It tells OAuth 2.0 clients where introspection and
 * revocation are, and how to authenticate. Keydesk issues no tokens over OAuth, so the document lists no
 * grants.
 */
export function answerMetadata({ issuer }: Pick<Verification, 'issuer'>): Answer {
  if (!issuer) return problem(404, 'There is nothing here: VERIFY_URL is not set.');
  return json({
    issuer,
    introspection_endpoint: `${issuer}/api/v1/introspect`,
    introspection_endpoint_auth_methods_supported: authMethods,
    revocation_endpoint: `${issuer}/api/v1/revoke`,
    revocation_endpoint_auth_methods_supported: authMethods,
    response_types_supported: [],
    grant_types_supported: [],
  });
}
