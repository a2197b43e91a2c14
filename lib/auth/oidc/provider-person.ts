import 'server-only';
import { createLocalJWKSet, type JWTPayload, jwtVerify } from 'jose';
import { z } from 'zod';
import { settings } from '@/lib/settings/settings';
import { issuerName, type OidcConfiguration, oidcConfiguration } from './configuration';
import { providerFetch } from './provider-fetch';

/** A person as the provider describes them, checked. */
export type ProviderPerson = {
  issuer: string;
  /** The provider's permanent id of the person. */
  subject: string;
  /** Their present name, which does not identify them. */
  username: string;
  /** Their address, only if the provider says that it is theirs. */
  verifiedEmail: string | null;
  groups: string[];
  /** When they last entered a password or similar there, in seconds since 1970; null if unknown. */
  authTime: number | null;
};

export type ProviderTokens = { idToken: string; accessToken: string | null };

const metadataShape = z.object({
  issuer: z.url(),
  jwks_uri: z.url(),
  userinfo_endpoint: z.url().optional(),
});
type Metadata = z.output<typeof metadataShape>;

const emailClaim = 'email';

const keySetShape = z.object({ keys: z.array(z.looseObject({ kty: z.string() })) });

const claimsShape = z.looseObject({
  iss: z.url(),
  sub: z.string().min(1).max(255),
  auth_time: z.number().int().positive().optional(),
});

/** Only asymmetric algorithms. A shared secret would be known to clients as well. */
const algorithms = 'RS256 RS384 RS512 PS256 PS384 PS512 ES256 ES384 ES512 EdDSA'.split(' ');

/**
 * Reads who signed in. NextAuth has already checked state, PKCE, nonce and the claims of the token. It relies
 * on TLS for the signature, so the signature is checked here.
 *
 * @throws if the provider does not answer, or the token is invalid
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
    verifiedEmail: verifiedEmail(emailClaim in claims ? claims : more),
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

/** Many providers return groups and names only here. The request uses TLS and the token just received. */
async function userInfo(
  claims: z.output<typeof claimsShape>,
  { accessToken }: ProviderTokens,
  { userinfo_endpoint }: Metadata,
): Promise<Record<string, unknown>> {
  const { OIDC_GROUP_CLAIM, OIDC_USERNAME_CLAIM } = settings();
  const wanted = [OIDC_GROUP_CLAIM, OIDC_USERNAME_CLAIM, ...(asksForEmail() ? [emailClaim] : [])];
  const isWhole = wanted.every((name) => name in claims);
  if (isWhole || !userinfo_endpoint || !accessToken) return {};
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const info = z
    .looseObject({ sub: z.string() })
    .parse(await readJson(userinfo_endpoint, { headers }));
  if (info.sub !== claims.sub) throw new Error('The provider speaks of somebody else.');
  return info;
}

/** Whether the provider is asked for addresses, because people without a role are linked by them. */
export function asksForEmail(): boolean {
  const { OIDC_LINK_BY, OIDC_SCOPE } = settings();
  return OIDC_LINK_BY === 'email' && OIDC_SCOPE.split(' ').includes(emailClaim);
}

/** Anybody may claim an address that the provider has not verified. A text "true" is no confirmation. */
function verifiedEmail({ email, email_verified }: Record<string, unknown>): string | null {
  if (email_verified !== true || typeof email !== 'string') return null;
  return /^[^\s\p{C}]{1,254}$/u.test(email) ? email : null;
}

async function readJson(address: string, init?: RequestInit): Promise<unknown> {
  const answer = await providerFetch(address, init);
  if (!answer.ok) throw new Error('The provider does not answer as it should.');
  return answer.json();
}

/** A single group may be a plain text. */
function groupNames(claim: unknown): string[] {
  return [claim].flat().filter((name) => typeof name === 'string');
}
