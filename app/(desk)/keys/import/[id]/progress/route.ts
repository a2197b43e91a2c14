import { z } from 'zod';
import { hasRole } from '@/lib/auth/administrator';
import { findAdministrator } from '@/lib/auth/current-administrator';
import { findKeyProgress } from '@/lib/keys/import/find-import';

type Context = { params: Promise<{ id: string }> };

/** How far an import under way has come. */
export async function GET(_request: Request, { params }: Context) {
  const administrator = await findAdministrator();
  if (!administrator) return new Response(null, { status: 401 });
  if (!hasRole(administrator, 'operator')) return new Response(null, { status: 403 });
  const { id } = await params;
  const progress = z.uuid().safeParse(id).success ? await findKeyProgress(administrator, id) : null;
  // Over is no error: the last question may come after the end.
  return progress ? Response.json(progress) : new Response(null, { status: 204 });
}
