import { z } from 'zod';
import { guardedRoute, type IdContext } from '@/lib/auth/guarded-route';
import { findKeyUse } from '@/lib/keys/use/key-use';

/** How much a key is used, for the dialogs that ask whether to harm it. */
export const GET = guardedRoute<IdContext>(
  'viewer',
  async (administrator, _request, { params }) => {
    const { id } = await params;
    const use = z.uuid().safeParse(id).success ? await findKeyUse(administrator, id) : null;
    return use ? Response.json(use) : new Response(null, { status: 404 });
  },
);
