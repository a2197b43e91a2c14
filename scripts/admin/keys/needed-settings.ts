import { randomBytes } from 'node:crypto';
import { Sentence } from '../../sentence';

/**
 * Most commands need no address and no sessions, but settings are checked as a whole. What is missing gets a
 * value for this process, so that a command runs with the settings that it needs: KEY_PEPPER and AUDIT_KEY.
 * A hand-over needs the desk's own: links lead to its address, and it checks codes under its secret.
 */
export function fillInUnneeded({ handsOver }: { handsOver: boolean }): void {
  const missing = ['AUTH_URL', 'AUTH_SECRET'].filter((name) => !process.env[name]);
  if (handsOver && missing.length > 0) {
    throw new Sentence(`For --hand-over, set ${missing.join(' and ')} as the desk has it.`);
  }
  process.env.AUTH_URL ||= 'http://localhost';
  process.env.AUTH_SECRET ||= randomBytes(48).toString('base64');
}
