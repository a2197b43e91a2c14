import { guardedRoute } from '@/lib/auth/guarded-route';
import { suggestScopes } from '@/lib/keys/suggest-scopes';
import { isSearchTooLong, searchParam } from '@/lib/lists/list-params';

/** Scopes in use, for the field "Scopes" while it is typed in. */
export const GET = guardedRoute('operator', async (administrator, { url }) => {
  const text = searchParam.parse(new URL(url).searchParams.get('q') ?? '');
  return Response.json(isSearchTooLong(text) ? [] : await suggestScopes(administrator, text));
});
