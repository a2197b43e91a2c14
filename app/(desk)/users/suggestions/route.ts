import type { NextRequest } from 'next/server';
import { findAdministrator } from '@/lib/auth/current-administrator';
import { isSearchTooLong, searchParam } from '@/lib/list-params';
import { suggestUsernames } from '@/lib/users/suggest-usernames';

/** Usernames for the field "User" while it is typed in. */
export async function GET(request: NextRequest) {
  const administrator = await findAdministrator();
  if (!administrator) return new Response(null, { status: 401 });
  const text = searchParam.parse(request.nextUrl.searchParams.get('q') ?? '');
  const names = isSearchTooLong(text) ? [] : await suggestUsernames(administrator, text);
  return Response.json(names);
}
