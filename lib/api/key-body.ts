import { z } from 'zod';
import { labelText, usernameText } from '@/lib/forms/text-input';
import { overlapNames } from '@/lib/keys/overlap-choices';
import { metadataProblem } from '@/lib/keys/policy/policy-input';
import { isScopeName, mostScopes, scopeProblem } from '@/lib/keys/scope';
import { mostNetworks, networkProblem } from '@/lib/network/network-list';
import { moment } from './moment';

/** A field whose value a function judges in words. */
function judged<Schema extends z.ZodType<string>>(
  schema: Schema,
  problemOf: (text: string) => string | null,
) {
  return schema.superRefine((text, context) => {
    const problem = problemOf(text);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

const unique = (list: string[]) => [...new Set(list)];

const scopes = z
  .array(judged(z.string(), (text) => (isScopeName(text) ? null : scopeProblem(text))))
  .max(mostScopes, `Use at most ${mostScopes} scopes.`)
  .transform(unique);

const allowedAddresses = z
  .array(judged(z.string(), networkProblem))
  .max(mostNetworks, `Use at most ${mostNetworks} addresses and networks.`)
  .transform(unique)
  .describe('Addresses and networks from which the key may be used. None at all means any.');

const rateLimit = z
  .strictObject({ calls: z.int().min(1).max(1_000_000), seconds: z.int().min(1).max(86_400) })
  .nullable();

const metadata = z
  .record(z.string(), z.unknown())
  .superRefine((value, context) => {
    const problem = metadataProblem(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  })
  .nullable();

const name = labelText('name', 100);
const active = z.boolean();
const expiresAt = moment.nullable();

const handOver = z
  .strictObject({
    term: z.enum(['1h', '24h', '7d']).default('24h').describe('How long the link works.'),
    code: z.boolean().default(false).describe('Whether the link asks for a six-digit code.'),
    signOn: z
      .boolean()
      .default(false)
      .describe(
        'Whether only the user gets the secret, signed in, or who is responsible for a service. Not together with `code`.',
      ),
    mail: z
      .boolean()
      .default(false)
      .describe('Whether Keydesk mails the link to the user, or to who is responsible for them.'),
  })
  .refine(({ code, signOn }) => !(code && signOn), {
    message: 'Ask for a code or for single sign-on, not for both.',
    path: ['signOn'],
  })
  .nullable()
  .default(null)
  .describe('Hands the secret over by a link, in place of answering with it.');

/** The username, or the id. */
export const userName = usernameText.describe('The username of a user, or their id.');

export const createKeyBody = z
  .strictObject({
    user: userName,
    name: name.default(''),
    active: active.default(true),
    scopes: scopes.default([]),
    expiresAt: expiresAt.default(null),
    allowedAddresses: allowedAddresses.default([]),
    rateLimit: rateLimit.default(null),
    metadata: metadata.default(null),
    handOver,
  })
  .meta({ id: 'NewKey' });

/** What can be changed of a key. A merge patch is applied to it as it is, and the result read by this. */
export const changeableKey = z.strictObject({
  name,
  active,
  scopes,
  expiresAt,
  allowedAddresses,
  rateLimit,
  metadata,
});

/** RFC 7396: what is not sent stays, and null removes. */
export const patchKeyBody = z
  .strictObject({
    name: z.string().nullable().optional(),
    active: z.boolean().optional(),
    scopes: z.array(z.string()).nullable().optional(),
    expiresAt: z.string().nullable().optional(),
    allowedAddresses: z.array(z.string()).nullable().optional(),
    rateLimit: z
      .strictObject({ calls: z.int().optional(), seconds: z.int().optional() })
      .nullable()
      .optional(),
    metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  })
  .meta({ id: 'KeyPatch' });

export const regenerateBody = z
  .strictObject({
    overlap: z
      .enum(overlapNames)
      .default('now')
      .describe('How long the old secret goes on working beside the new one.'),
    expiresAt: expiresAt.optional(),
    handOver,
  })
  .meta({ id: 'Regeneration' });

export const transferBody = z.strictObject({ user: userName }).meta({ id: 'Transfer' });

/** How `lib/keys` is told. */
export const wishOfBody = (wanted: z.output<typeof handOver>) =>
  wanted && {
    ...{ term: wanted.term, withCode: wanted.code },
    ...{ signOn: wanted.signOn, mail: wanted.mail },
  };

/** The values that a patch finds, and those of a part that the patch removes. */
export const emptied = { name: '', scopes: [], allowedAddresses: [] } as const;
