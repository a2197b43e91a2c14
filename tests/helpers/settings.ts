/** Settings for tests, as an installation would have them; the secrets are nobody's. */
export const testSettings = {
  AUTH_URL: 'http://localhost:3000',
  AUTH_SECRET: 'a secret that only tests know, 0123456789',
  KEY_PEPPER: '1:q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQq83vEjRWeJA=',
  KEY_ENCRYPTION_KEY: '1:EBESExQVFhcYGRobHB0eHyAhIiMkJSYnKCkqKywtLi8=',
  LOG_LEVEL: 'error',
  AUDIT_KEY: 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=',
};

/** Puts them into the environment and forgets what was read before. */
export function useSettings(more: Record<string, string> = {}): void {
  Object.assign(process.env, testSettings, more);
  delete (globalThis as { keydeskSettings?: unknown }).keydeskSettings;
}
