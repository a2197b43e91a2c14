import 'server-only';
import type { z } from 'zod';
import { noticeProblems } from './notice-settings';
import { oidcProblems } from './oidc-settings';
import { loadSecretFiles } from './secret-files';
import { type Settings, settingsSchema } from './settings-schema';
import { onlyForVerification, type VerifySettings, verifySettingsSchema } from './verify-settings';

type Environment = Record<string, string | undefined>;

export class SettingsError extends Error {}

/**
 * Checks all settings at once.
 *
 * @throws SettingsError with one line for each wrong setting: its name and what it should be, never its value
 */
export function parseSettings(environment: Environment): Settings {
  return parse(settingsSchema, environment, crossChecks);
}

/**
 * Checks the settings of a process that serves verification alone. It reads no others, nor their files.
 *
 * @throws SettingsError as {@link parseSettings}
 */
export function parseVerifySettings(environment: Environment): VerifySettings {
  return parse(verifySettingsSchema, onlyForVerification(environment));
}

function parse<Schema extends z.ZodObject>(
  schema: Schema,
  environment: Environment,
  check: (settings: z.infer<Schema>) => string[] = () => [],
): z.infer<Schema> {
  const own = { ...environment };
  const problems = loadSecretFiles(own);
  const parsed = schema.safeParse(own);
  if (!parsed.success) {
    const unread = new Set(problems.map((problem) => problem.split(/[_ ]FILE| /)[0]));
    for (const issue of parsed.error.issues) {
      const name = String(issue.path[0]);
      if (!unread.has(name)) problems.push(`${name} ${issue.message}`);
    }
  }
  if (parsed.success) problems.push(...check(parsed.data));
  if (problems.length > 0 || !parsed.success) throw new SettingsError(problems.join('\n'));
  return parsed.data;
}

/** Refuses one secret in two settings, because a leak of one would expose the other. */
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
  const isShared = settings.ROLE === undefined && settings.PORT === settings.VERIFY_PORT;
  if (isShared && settings.PORT !== 0) {
    problems.push('VERIFY_PORT must differ from PORT.');
  }
  if (Boolean(settings.ADMIN_USERNAME) !== Boolean(settings.ADMIN_PASSWORD)) {
    problems.push('ADMIN_USERNAME and ADMIN_PASSWORD must be set together.');
  }
  return problems;
}
