import 'server-only';
import { z } from 'zod';
import { passwordProblem } from '@/lib/passwords/password-policy';
import { noticeProblems, noticeSettings } from './notice-settings';
import { oidcProblems, oidcSettings } from './oidc-settings';
import { loadSecretFiles } from './secret-files';
import { setting } from './setting';

/** A 32-byte secret with the number that stored values name it by. */
export type KeyVersion = { version: number; key: Buffer };

export type Settings = z.infer<typeof settingsSchema>;

export class SettingsError extends Error {}

const port = (fallback: number) =>
  setting(
    z.coerce
      .number('must be a port number, 0 to 65535.')
      .int('must be a port number, 0 to 65535.')
      .min(0, 'must be a port number, 0 to 65535.')
      .max(65_535, 'must be a port number, 0 to 65535.')
      .default(fallback),
  );

const base64Key = (text: string) => {
  const key = Buffer.from(text, 'base64');
  const canonical = key.toString('base64').replace(/=+$/, '') === text.replace(/=+$/, '');
  return canonical && key.length === 32 && new Set(key).size > 4 ? key : null;
};

/** The versions of a setting such as `KEY_PEPPER`, newest first; null where it is not well formed. */
export function parseKeyVersions(text: string): KeyVersion[] | null {
  const entries = text.split(',').map((entry) => /^\s*(\d{1,9}):(\S+)\s*$/.exec(entry));
  const versions = entries.map((entry) => {
    const key = entry?.[2] ? base64Key(entry[2]) : null;
    return key ? { version: Number(entry?.[1]), key } : null;
  });
  const good = versions.filter((version) => version !== null);
  const numbers = new Set(good.map(({ version }) => version));
  return good.length === versions.length && numbers.size === good.length ? good : null;
}

const versionedKeys = (name: string) =>
  z.string(`is required: ${name}.`).transform((text, context): KeyVersion[] => {
    const good = parseKeyVersions(text);
    if (good) return good;
    context.addIssue({ code: 'custom', message: `must be ${name}.` });
    return z.NEVER;
  });

const versionedForm =
  '<number>:<base64 of 32 random bytes>, several separated by commas, newest first, each number once';

const logLevels = ['debug', 'info', 'warn', 'error', 'silent'] as const;

const settingsSchema = z.object({
  DATABASE_URL: setting(
    z
      .string('is required: postgresql://user:password@host/database.')
      .regex(/^postgres(ql)?:\/\//, 'must look like postgresql://user:password@host/database.'),
  ),
  MIGRATE_DATABASE_URL: setting(
    z
      .string()
      .regex(/^postgres(ql)?:\/\//, 'must look like postgresql://user:password@host/database.')
      .optional(),
  ),
  DATA_DIR: setting(z.string().default('.data')),
  PORT: port(3000),
  VERIFY_PORT: port(3001),
  LOG_LEVEL: setting(
    z.enum(logLevels, 'must be debug, info, warn, error or silent.').default('info'),
  ),
  HOST: setting(z.string().default('0.0.0.0')),
  AUTH_URL: setting(
    z
      .string('is required: the public address, such as https://keys.example.org.')
      .transform(parseOrigin),
  ),
  /** Public address of the verification API. */
  VERIFY_URL: setting(z.string().transform(parseOrigin).optional()),
  /** Who may read the metrics. */
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
  REQUIRE_SECOND_FACTOR: setting(
    z
      .enum(['true', 'false'], 'must be true or false.')
      .default('false')
      .transform((text) => text === 'true'),
  ),
  KEY_PREFIX: setting(
    z
      .string()
      .regex(/^[a-z0-9]{2,12}$/, 'must be 2 to 12 of a-z and 0-9.')
      .default('kd'),
  ),
  TRUSTED_PROXIES: setting(
    z.coerce
      .number('must be a number of proxies, 0 to 10.')
      .int('must be a number of proxies, 0 to 10.')
      .min(0, 'must be a number of proxies, 0 to 10.')
      .max(10, 'must be a number of proxies, 0 to 10.')
      .default(0),
  ),
  ...oidcSettings,
  ...noticeSettings,
});

/** Their names, as the manual must have them. */
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

/**
 * Checks all settings at once.
 *
 * @throws SettingsError with one line for each wrong setting: its name and what it should be, never
 *   its value
 */
export function parseSettings(environment: Record<string, string | undefined>): Settings {
  const own = { ...environment };
  const problems = loadSecretFiles(own);
  const parsed = settingsSchema.safeParse(own);
  if (!parsed.success) {
    const unread = new Set(problems.map((problem) => problem.split(/[_ ]FILE| /)[0]));
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      if (!unread.has(name)) problems.push(`${name} ${issue.message}`);
    }
  }
  if (parsed.success) problems.push(...crossChecks(parsed.data));
  if (problems.length > 0 || !parsed.success) throw new SettingsError(problems.join('\n'));
  return parsed.data;
}

/** One secret in two roles would let a leak of either open both. */
function crossChecks(settings: Settings): string[] {
  const problems: string[] = [...oidcProblems(settings), ...noticeProblems(settings)];
  const secrets = [
    ['AUTH_SECRET', settings.AUTH_SECRET],
    ...(settings.OIDC_CLIENT_SECRET
      ? [['OIDC_CLIENT_SECRET', settings.OIDC_CLIENT_SECRET] as const]
      : []),
    ['AUDIT_KEY', settings.AUDIT_KEY.toString('base64')],
    ...settings.KEY_PEPPER.map(({ key }) => ['KEY_PEPPER', key.toString('base64')] as const),
    ...(settings.KEY_ENCRYPTION_KEY ?? []).map(
      ({ key }) => ['KEY_ENCRYPTION_KEY', key.toString('base64')] as const,
    ),
  ] as const;
  for (const [index, [name, value]] of secrets.entries()) {
    const twin = secrets.slice(0, index).find(([, other]) => other === value);
    if (twin) problems.push(`${name} must differ from ${twin[0]}.`);
  }
  if (settings.PORT === settings.VERIFY_PORT && settings.PORT !== 0) {
    problems.push('VERIFY_PORT must differ from PORT.');
  }
  if (Boolean(settings.ADMIN_USERNAME) !== Boolean(settings.ADMIN_PASSWORD)) {
    problems.push('ADMIN_USERNAME and ADMIN_PASSWORD must be set together.');
  }
  return problems;
}

/** Kept on the process, for the bundles of pages and of `instrumentation.ts` are separate. */
const shared = globalThis as typeof globalThis & { keydeskSettings?: Settings };

/**
 * The settings of this process, checked at first use and then kept.
 *
 * @throws SettingsError as {@link parseSettings}
 */
export function settings(): Settings {
  shared.keydeskSettings ??= parseSettings(process.env);
  return shared.keydeskSettings;
}

/** The key of the audit chain. Commands write events too, and should need no other setting for it. */
export function auditKey(): Buffer {
  if (shared.keydeskSettings) return shared.keydeskSettings.AUDIT_KEY;
  const parsed = settingsSchema.pick({ AUDIT_KEY: true }).safeParse(process.env);
  if (parsed.success) return parsed.data.AUDIT_KEY;
  throw new SettingsError(`AUDIT_KEY ${parsed.error.issues[0]?.message}`);
}

/** Before the settings are checked, and where they are wrong, the log says what is usual. */
export function logLevel(): Settings['LOG_LEVEL'] {
  if (shared.keydeskSettings) return shared.keydeskSettings.LOG_LEVEL;
  return settingsSchema.shape.LOG_LEVEL.catch('info').parse(process.env.LOG_LEVEL);
}

/** For a thread of this process: takes over the settings that the main thread has checked. */
export function keepSettings(checked: Settings): Settings {
  // Sent between threads, a Buffer arrives as the plain bytes that it is made of.
  const versions = (keys: KeyVersion[]) =>
    keys.map(({ version, key }) => ({ version, key: Buffer.from(key) }));
  shared.keydeskSettings = {
    ...checked,
    AUDIT_KEY: Buffer.from(checked.AUDIT_KEY),
    KEY_PEPPER: versions(checked.KEY_PEPPER),
    KEY_ENCRYPTION_KEY: checked.KEY_ENCRYPTION_KEY && versions(checked.KEY_ENCRYPTION_KEY),
  };
  return shared.keydeskSettings;
}
