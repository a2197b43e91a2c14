import 'server-only';
import { settings } from './settings';

/** Whether this installation can send mail at all. */
export function isMailOn(): boolean {
  return settings().SMTP_URL !== undefined;
}
