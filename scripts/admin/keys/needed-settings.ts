import { randomBytes } from 'node:crypto';

/**
 * Keys need no address and no sessions, but settings are checked as a whole. What is missing gets a value for
 * this process, so that a command runs with the settings that it needs: KEY_PEPPER and AUDIT_KEY.
 */
export function fillInUnneeded(): void {
  process.env.AUTH_URL ||= 'http://localhost';
  process.env.AUTH_SECRET ||= randomBytes(48).toString('base64');
}
