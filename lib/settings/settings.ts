import 'server-only';
import type { KeyVersion } from './key-versions';
import { parseSettings, parseVerifySettings, SettingsError } from './parse-settings';
import { type Settings, settingsSchema } from './settings-schema';
import type { VerifySettings } from './verify-settings';

/** Kept on the process, because pages and `instrumentation.ts` are bundled separately. */
const shared = globalThis as typeof globalThis & {
  keydeskSettings?: Settings;
  keydeskVerifySettings?: VerifySettings;
};

/**
 * The settings of this process, checked at first use and then kept.
 *
 * @throws SettingsError as {@link parseSettings}
 */
export function settings(): Settings {
  shared.keydeskSettings ??= parseSettings(process.env);
  return shared.keydeskSettings;
}

/**
 * The settings of verification, in a process that may have no others.
 *
 * @throws SettingsError as {@link parseSettings}
 */
export function verifySettings(): VerifySettings {
  return shared.keydeskVerifySettings ?? settings();
}

/**
 * The settings of a process that serves verification alone, checked and kept.
 *
 * @throws SettingsError as {@link parseSettings}
 */
export function keepVerifySettings(): VerifySettings {
  shared.keydeskVerifySettings = parseVerifySettings(process.env);
  return shared.keydeskVerifySettings;
}

/** The key of the audit chain. Commands also write events and need no other setting for that. */
export function auditKey(): Buffer {
  if (shared.keydeskSettings) return shared.keydeskSettings.AUDIT_KEY;
  const parsed = settingsSchema.pick({ AUDIT_KEY: true }).safeParse(process.env);
  if (parsed.success) return parsed.data.AUDIT_KEY;
  throw new SettingsError(`AUDIT_KEY ${parsed.error.issues[0]?.message}`);
}

/** The level of the log. It is `info` if the setting is wrong, because the log is needed before the check. */
export function logLevel(): Settings['LOG_LEVEL'] {
  if (shared.keydeskSettings) return shared.keydeskSettings.LOG_LEVEL;
  return settingsSchema.shape.LOG_LEVEL.catch('info').parse(process.env.LOG_LEVEL);
}

/** Takes over the settings that the main thread has checked, for another thread of this process. */
export function keepSettings(checked: Settings): Settings {
  // A Buffer sent to another thread arrives as plain bytes.
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
