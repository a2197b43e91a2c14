import { z } from 'zod';
import { findAdministrator } from '@/lib/auth/current-administrator';
import { findKeyUse } from '@/lib/keys/key-use';

type Context = { params: Promise<{ id: string }> };

/** How much a key is used, for the dialogs that ask whether to harm it. */
export async function GET(_request: Request, { params }: Context) {
  const administrator = await findAdministrator();
  if (!administrator) return new Response(null, { status: 401 });
  const { id } = await params;
  const use = z.uuid().safeParse(id).success ? await findKeyUse(administrator, id) : null;
  return use ? Response.json(use) : new Response(null, { status: 404 });
}
