import 'server-only';
import { type Administrator, hasRole, type Role } from '@/lib/access/administrator';
import { findAdministrator } from './current-administrator';

/** What the address of a route with `[id]` gives its handler. */
export type IdContext = { params: Promise<{ id: string }> };

/**
 * A handler of GET whose answer is data for a page of ours: session and role first, then `run`. Nobody
 * gets 401 and an administrator without the role 403, both without a body, for scripts ask here.
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
