import 'server-only';
import type { KeyVersion } from './key-versions';
import { parseSettings, SettingsError } from './parse-settings';
import { type Settings, settingsSchema } from './settings-schema';

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
