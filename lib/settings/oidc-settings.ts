import { z } from 'zod';
import { roles } from '@/db/schema/directory-user';
import { setting } from './setting';

export type MappedGroup = { group: string; role: (typeof roles)[number] };

/**
 * Requires https, because over plain http anybody on the network path could forge a sign-in. Loopback
 * addresses may use http.
 */
function parseIssuer(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const own = url !== null && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const safe = url?.protocol === 'https:' || (url?.protocol === 'http:' && own);
  // Returned as written, because the provider's tokens must name exactly this text.
  if (url && safe && !url.search && !url.hash && !url.username && !url.password) return text;
  context.addIssue({
    code: 'custom',
    message: 'must be the https address that the provider calls its issuer.',
  });
  return z.NEVER;
}

const rolesForm = `must be <group>:<role>, several separated by commas, each role one of ${roles.join(', ')}.`;

/** The role follows the last colon, because a group's name may contain colons. */
function parseRoles(text: string, context: z.RefinementCtx): MappedGroup[] {
  const mapped = text.split(',').map((entry) => {
    const at = entry.lastIndexOf(':');
    const group = entry.slice(0, at).trim();
    const role = roles.find((one) => one === entry.slice(at + 1).trim());
    return at > 0 && group && role ? { group, role } : null;
  });
  const good = mapped.filter((entry) => entry !== null);
  if (good.length === mapped.length) return good;
  context.addIssue({ code: 'custom', message: rolesForm });
  return z.NEVER;
}

/** What of a person without a role names their user at the first sign-in. */
const linkedBy = ['email', 'username', 'nothing'] as const;
const linkForm = `must be ${linkedBy.join(', ')}.`;

const claimName = (fallback: string) =>
  setting(
    z
      .string()
      .regex(/^[\x21-\x7e]{1,200}$/, 'must be the name of a claim.')
      .default(fallback),
  );

/** Sign-in with an OpenID Connect provider; see docs/single-sign-on.md. */
export const oidcSettings = {
  OIDC_ISSUER: setting(z.string().transform(parseIssuer).optional()),
  OIDC_CLIENT_ID: setting(z.string().max(500, 'must be at most 500 characters.').optional()),
  OIDC_CLIENT_SECRET: setting(
    z
      .string()
      .refine((text) => text.length >= 16, 'must be 16 characters or more.')
      .optional(),
  ),
  OIDC_ROLES: setting(z.string().transform(parseRoles).optional()),
  OIDC_LABEL: setting(
    z.string().trim().max(40, 'must be at most 40 characters.').default('single sign-on'),
  ),
  OIDC_GROUP_CLAIM: claimName('groups'),
  OIDC_USERNAME_CLAIM: claimName('preferred_username'),
  OIDC_LINK_BY: setting(z.enum(linkedBy, linkForm).default('email')),
  OIDC_SCOPE: setting(
    z
      .string()
      .refine((text) => text.split(' ').includes('openid'), 'must contain openid.')
      .default('openid profile'),
  ),
};

const needed = ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET', 'OIDC_ROLES'] as const;

/** Refuses half a configuration: nobody could sign in, or nobody would learn why. */
export function oidcProblems(settings: Partial<Record<(typeof needed)[number], unknown>>) {
  const missing = needed.filter((name) => settings[name] === undefined);
  return missing.length === needed.length || missing.length === 0
    ? []
    : missing.map((name) => `${name} is required where another OIDC setting is set.`);
}
