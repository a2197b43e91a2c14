import { z } from 'zod';
import { type Administrator, hasRole } from '@/lib/auth/administrator';
import { findAdministrator } from '@/lib/auth/current-administrator';

type Context = { params: Promise<{ id: string }> };
type Find = (
  administrator: Administrator,
  id: string,
) => Promise<{ done: number; total: number } | null>;

/** A handler that tells how far an import under way has come. */
export const importProgress =
  (find: Find) =>
  async (_request: Request, { params }: Context) => {
    const administrator = await findAdministrator();
    if (!administrator) return new Response(null, { status: 401 });
    if (!hasRole(administrator, 'operator')) return new Response(null, { status: 403 });
    const { id } = await params;
    const progress = z.uuid().safeParse(id).success ? await find(administrator, id) : null;
    // Over is no error: the last question may come after the end.
    return progress ? Response.json(progress) : new Response(null, { status: 204 });
  };
