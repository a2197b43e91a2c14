import 'server-only';
import { accessMessages } from '@/lib/access/access-messages';
import { type Administrator, ForbiddenError, hasRole, type Role } from '@/lib/access/administrator';
import { isOwnPost } from '@/lib/http/same-origin';
import { log } from '@/lib/log/log';
import { findAdministrator } from './current-administrator';
import { guardMessages } from './guard-messages';

/**
 * A POST handler for files too large for an action. It has the guard of `guardedAction` and returns the same
 * refusals as text, before the body is read.
 *
 * @param longest most bytes in `Content-Length`; without that header the reader of the file counts them
 */
export function guardedUpload(
  role: Role,
  longest: number,
  run: (administrator: Administrator, body: ReadableStream<Uint8Array>) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isOwnPost(request)) return refuse(403, 'origin', guardMessages.foreignUpload);
    const administrator = await findAdministrator();
    if (!administrator) return refuse(401, 'session', guardMessages.sessionOver);
    if (!hasRole(administrator, role)) {
      return refuse(403, 'role', accessMessages.needsRole(role), administrator);
    }
    if (Number(request.headers.get('content-length')) > longest) {
      return refuse(413, 'size', guardMessages.tooLarge, administrator);
    }
    const body = request.body ?? new ReadableStream({ start: (one) => one.close() });
    try {
      return await run(administrator, body);
    } catch (error) {
      // The administrator lost the right while the file was uploaded.
      if (!(error instanceof ForbiddenError)) throw error;
      return refuse(403, 'role', error.message, administrator);
    }
  };
}

function refuse(
  status: number,
  reason: 'origin' | 'session' | 'role' | 'size',
  problem: string,
  administrator?: Administrator,
): Response {
  log.warn('upload refused', { reason, administratorId: administrator?.id });
  return Response.json({ problem }, { status });
}
