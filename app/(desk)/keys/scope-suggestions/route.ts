import type { NextRequest } from 'next/server';
import { hasRole } from '@/lib/auth/administrator';
import { findAdministrator } from '@/lib/auth/current-administrator';
import { suggestScopes } from '@/lib/keys/suggest-scopes';
import { isSearchTooLong, searchParam } from '@/lib/list-params';

/** Scopes in use, for the field "Scopes" while it is typed in. */
export async function GET(request: NextRequest) {
  const administrator = await findAdministrator();
  if (!administrator) return new Response(null, { status: 401 });
  if (!hasRole(administrator, 'operator')) return new Response(null, { status: 403 });
  const text = searchParam.parse(request.nextUrl.searchParams.get('q') ?? '');
  return Response.json(isSearchTooLong(text) ? [] : await suggestScopes(administrator, text));
}
