import { systemActor } from '@/lib/audit/record-event';
import { endAllSessions } from '@/lib/auth/end-all-sessions';
import { withDatabase } from './with-database';

/** Signs everybody out, for an emergency. Second factors and webhook secrets stay as they are. */
export async function endSessions(): Promise<void> {
  const ended = await withDatabase(() => endAllSessions(systemActor));
  console.log(ended === 1 ? '1 session was ended.' : `${ended} sessions were ended.`);
}
