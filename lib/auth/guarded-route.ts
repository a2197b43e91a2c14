import 'server-only';
import { type Administrator, hasRole, type Role } from '@/lib/access/administrator';
import { findAdministrator } from './current-administrator';

/** What a route with `[id]` passes to its handler. */
export type IdContext = { params: Promise<{ id: string }> };

/**
 * A GET handler that returns data for a page of ours. Checks session and role and then calls `run`. Refuses
 * with 401 without a session and with 403 without the role. Both have no body, because only scripts call it.
 */
export function guardedRoute<Context = unknown>(
  role: Role,
  run: (administrator: Administrator, request: Request, context: Context) => Promise<Response>,
): (request: Request, context: Context) => Promise<Response> {
  return async (request, context) => {
    const administrator = await findAdministrator();
    if (!administrator) return new Response(null, { status: 401 });
    if (!hasRole(administrator, role)) return new Response(null, { status: 403 });
    return run(administrator, request, context);
  };
}
