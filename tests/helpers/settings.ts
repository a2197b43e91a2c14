/** Settings for tests, like those of an installation. The secrets are used nowhere else. */
export const testSettings = {
  AUTH_URL: 'http://localhost:3000',
  AUTH_SECRET: 'a secret that only tests know, 0123456789',
  KEY_PEPPER: '1:q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  KEY_ENCRYPTION_KEY: '1:EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8=',
  LOG_LEVEL: 'error',
  AUDIT_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
};

/** Puts them into the environment and forgets settings that were read before. */
export function useSettings(more: Record<string, string> = {}): void {
  Object.assign(process.env, testSettings, more);
  delete (globalThis as { keydeskSettings?: unknown }).keydeskSettings;
}
