import { z } from 'zod';
import type { Administrator } from '@/lib/access/administrator';
import { guardedRoute, type IdContext } from '@/lib/auth/guarded-route';

type Find = (
  administrator: Administrator,
  id: string,
) => Promise<{ done: number; total: number } | null>;

/** A handler that tells how far an import under way has come. */
export const importProgress = (find: Find) =>
  guardedRoute<IdContext>('operator', async (administrator, _request, { params }) => {
    const { id } = await params;
    const progress = z.uuid().safeParse(id).success ? await find(administrator, id) : null;
    // Over is no error: the last question may come after the end.
    return progress ? Response.json(progress) : new Response(null, { status: 204 });
  });
