import 'server-only';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { settings } from '@/lib/settings/settings';
import { issuerName, type OidcConfiguration, oidcConfiguration } from './configuration';
import { providerFetch } from './provider-fetch';

/** What the provider says of somebody, checked. */
export type ProviderPerson = {
  issuer: string;
  /** The provider's lasting name of them. */
  subject: string;
  /** What they are called now; never what tells who they are. */
  username: string;
  groups: string[];
  /** When they last typed a password or the like there, in seconds; null where it is not said. */
  authTime: number | null;
};

export type ProviderTokens = { idToken: string; accessToken: string | null };

const metadataShape = z.object({
  issuer: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});
type Metadata = z.output<typeof metadataShape>;

const keySetShape = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

const claimsShape = z.looseObject({
  iss: z.url(),
  sub: z.string().min(1).max(255),
  auth_time: z.number().int().positive().optional(),
});

/** Signed with a key of the provider's, never with one that clients know as well. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA'.split(' ');

/**
 * Reads who signed in. NextAuth has checked state, PKCE, nonce and the claims of the token by then; the
 * signature it leaves to TLS, and so it is checked here.
 *
 * @throws where the provider cannot be asked, or the token is not what it must be
 */
export async function readProviderPerson(tokens: ProviderTokens): Promise<ProviderPerson> {
  const configuration = oidcConfiguration();
  if (!configuration) throw new Error('There is no provider.');
  const metadata = await findMetadata(configuration);
  const claims = claimsShape.parse(await verifiedClaims(tokens.idToken, configuration, metadata));
  const more = await userInfo(claims, tokens, metadata);
  const { OIDC_GROUP_CLAIM, OIDC_USERNAME_CLAIM } = settings();
  const username = claims[OIDC_USERNAME_CLAIM] ?? more[OIDC_USERNAME_CLAIM];
  return {
    issuer: issuerName(claims.iss),
    subject: claims.sub,
    username: typeof username === 'string' ? username : '',
    groups: groupNames(claims[OIDC_GROUP_CLAIM] ?? more[OIDC_GROUP_CLAIM]),
    authTime: claims.auth_time ?? null,
  };
}

async function findMetadata({ issuer }: OidcConfiguration): Promise<Metadata> {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const metadata = metadataShape.parse(await readJson(address));
  if (issuerName(metadata.issuer) === issuerName(issuer)) return metadata;
  throw new Error('The provider calls itself something else.');
}

async function verifiedClaims(
  idToken: string,
  { clientId }: OidcConfiguration,
  { issuer, jwks_uri }: Metadata,
): Promise<JWTPayload> {
  const keys = createLocalJWKSet(keySetShape.parse(await readJson(jwks_uri)));
  const { payload } = await jwtVerify(idToken, keys, {
    issuer,
    audience: clientId,
    algorithms,
    clockTolerance: 30,
    requiredClaims: ['sub', 'iat', 'exp'],
  });
  return payload;
}

/** Many providers say groups and names only there. It is asked over TLS, with the token just given. */
async function userInfo(
  claims: z.output<typeof claimsShape>,
  { accessToken }: ProviderTokens,
  { userinfo_endpoint }: Metadata,
): Promise<Record<string, unknown>> {
  const { OIDC_GROUP_CLAIM, OIDC_USERNAME_CLAIM } = settings();
  const isWhole = [OIDC_GROUP_CLAIM, OIDC_USERNAME_CLAIM].every((name) => name in claims);
  if (isWhole || !userinfo_endpoint || !accessToken) return {};
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const info = z
    .looseObject({ sub: z.string() })
    .parse(await readJson(userinfo_endpoint, { headers }));
  if (info.sub !== claims.sub) throw new Error('The provider speaks of somebody else.');
  return info;
}

async function readJson(address: string, init?: RequestInit): Promise<unknown> {
  const answer = await providerFetch(address, init);
  if (!answer.ok) throw new Error('The provider does not answer as it should.');
  return answer.json();
}

/** One group may come as a plain text. */
function groupNames(claim: unknown): string[] {
  return [claim].flat().filter((name) => typeof name === 'string');
}
