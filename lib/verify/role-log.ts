import 'server-only';
import { log } from '@/lib/log/log';
import type { ServerRole } from './connection';

/**
 * Logs when the primary is lost and found, once each, however many requests fail in between. A server in recovery
 * and a restored database have lines of their own, because neither becomes the primary by waiting for it to answer.
 */
export function openRoleLog(): (role: ServerRole, server: string | undefined) => void {
  let had = false;
  let lost = false;
  return (role, server) => {
    if (role === 'primary') {
      if (lost) log.info('primary found', { server });
      had = true;
      lost = false;
      return;
    }
    if (had && !lost) log.warn('primary lost');
    lost = lost || had || role !== 'none';
    if (role === 'standby') log.warn('database in recovery');
    if (role === 'restored') log.error('database restored', { reason: 'run after-restore' });
  };
}
