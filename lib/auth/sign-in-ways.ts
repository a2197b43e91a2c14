import 'server-only';
import { database } from '@/db/client';
import { findSecondFactor } from '@/lib/sessions/second-factor-of';
import { issuerName, oidcConfiguration } from './oidc/configuration';
import { hasPassword, isBound } from './oidc/known-person';

export type SignInWays = {
  password: boolean;
  secondFactor: boolean;
  /** The label of the provider, if this user is linked to it. */
  provider: string | null;
};

/** The ways in which this user can re-authenticate. */
export async function findSignInWays(userId: string): Promise<SignInWays> {
  const oidc = oidcConfiguration();
  const [password, factor, bound] = await Promise.all([
    hasPassword(database(), userId),
    findSecondFactor(userId),
    oidc ? isBound(database(), userId, issuerName(oidc.issuer)) : false,
  ]);
  return { password, secondFactor: factor !== null, provider: bound && oidc ? oidc.label : null };
}
