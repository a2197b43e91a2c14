import 'server-only';
import { z } from 'zod';
import { serversProblem } from '@/db/servers';
import { passwordProblem } from '@/lib/passwords/password-policy';
import { githubSettings } from './github-settings';
import { base64Key, versionedForm, versionedKeys } from './key-versions';
import { noticeSettings } from './notice-settings';
import { oidcSettings } from './oidc-settings';
import { setting } from './setting';

export type Settings = z.infer<typeof settingsSchema>;

const port = (fallback: number) =>
  setting(wholeNumber(0, 65_535, 'a port number').default(fallback));

function wholeNumber(from: number, to: number, noun: string) {
  const message = `must be ${noun}, ${from} to ${to}.`;
  return z.coerce.number(message).int(message).min(from, message).max(to, message);
}

const postgresAddress = (missing?: string) =>
  z
    .string(missing)
    .regex(/^postgres(ql)?:\/\//, 'must look like postgresql://user:password@host/database.')
    .superRefine((address, context) => {
      const message = serversProblem(address);
      if (message) context.addIssue({ code: 'custom', message });
    });

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const yesOrNo = z
  .enum(['true', 'false'], 'must be true or false.')
  .default('false')
  .transform((text) => text === 'true');

/** Every setting, with the message about a wrong value. The README has the table. */
export const settingsSchema = z.object({
  DATABASE_URL: setting(postgresAddress('is required: postgresql://user:password@host/database.')),
  MIGRATE_DATABASE_URL: setting(postgresAddress().optional()),
  /** Where verification looks keys up. What it writes goes to `DATABASE_URL`. */
  LOOKUP_DATABASE_URL: setting(postgresAddress().optional()),
  /** What this process serves: verification alone, or everything else. Without it, both. */
  ROLE: setting(z.enum(['verify', 'pages'], 'must be verify, pages or empty.').optional()),
  DATA_DIR: setting(z.string().default('.data')),
  PORT: port(3000),
  VERIFY_PORT: port(3001),
  LOG_LEVEL: setting(
    z.enum(logLevels, 'must be debug, info, warn, error or silent.').default('info'),
  ),
  /** Where audit events are written, besides the database. */
  AUDIT_LOG: setting(z.enum(['stdout'], 'must be stdout or empty.').optional()),
  /** An event that the audit must contain at the start. */
  AUDIT_ANCHOR: setting(
    z
      .string()
      .regex(/^\d{1,15}:[0-9a-f]{64}$/i, 'must be <number>:<64 hexadecimal digits>.')
      .optional(),
  ),
  HOST: setting(z.string().default('0.0.0.0')),
  AUTH_URL: setting(
    z
      .string('is required: the public address, such as https://keys.example.org.')
      .transform(parseOrigin),
  ),
  /** Public address of the verification API. */
  VERIFY_URL: setting(z.string().transform(parseOrigin).optional()),
  /** The Bearer token that may read the metrics. */
  METRICS_TOKEN: setting(
    z
      .string()
      .regex(/^[\x21-\x7e]{16,200}$/, 'must be 16 to 200 printable characters without blanks.')
      .optional(),
  ),
  AUTH_SECRET: setting(
    z
      .string('is required: 32 random bytes or more.')
      .refine((text) => Buffer.byteLength(text) >= 32, 'must be 32 bytes or more.')
      .refine((text) => new Set(text).size > 4, 'must be random, not a placeholder.'),
  ),
  KEY_PEPPER: setting(versionedKeys(versionedForm)),
  AUDIT_KEY: setting(
    z.string('is required: base64 of 32 random bytes.').transform((text, context) => {
      const key = base64Key(text.trim());
      if (key) return key;
      context.addIssue({ code: 'custom', message: 'must be base64 of 32 random bytes.' });
      return z.NEVER;
    }),
  ),
  KEY_ENCRYPTION_KEY: setting(versionedKeys(versionedForm).optional()),
  ADMIN_USERNAME: setting(z.string().max(64, 'must be at most 64 characters.').optional()),
  ADMIN_PASSWORD: setting(
    z
      .string()
      .refine(
        (text) => passwordProblem(text) === null,
        'must be 15 to 128 characters and not a common password.',
      )
      .optional(),
  ),
  /** Whether administrators without a second factor must set one up before anything else. */
  REQUIRE_SECOND_FACTOR: setting(yesOrNo),
  /** Whether the operator wants to be warned where commits wait for no standby. */
  REQUIRE_STANDBY: setting(yesOrNo),
  KEY_PREFIX: setting(
    z
      .string()
      .regex(/^[a-z0-9]{2,12}$/, 'must be 2 to 12 of a-z and 0-9.')
      .default('kd'),
  ),
  TRUSTED_PROXIES: setting(wholeNumber(0, 10, 'a number of proxies').default(0)),
  ...githubSettings,
  ...oidcSettings,
  ...noticeSettings,
});

/** The names of all settings, which the table in the README must list. */
export const settingNames = Object.keys(settingsSchema.shape);

function parseOrigin(text: string, context: z.RefinementCtx): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  const web = url?.protocol === 'http:' || url?.protocol === 'https:';
  if (url && web && url.pathname === '/' && !url.search && !url.hash && !url.username) {
    return url.origin;
  }
  context.addIssue({
    code: 'custom',
    message: 'must be an address without a path, such as https://keys.example.org.',
  });
  return z.NEVER;
}
