import { guardedRoute } from '@/lib/auth/guarded-route';
import { isSearchTooLong, searchParam } from '@/lib/lists/list-params';
import { suggestUsers } from '@/lib/users/suggest-users';

/** Users for a field that names one, while it is typed in. */
export const GET = guardedRoute('viewer', async (administrator, { url }) => {
  const text = searchParam.parse(new URL(url).searchParams.get('q') ?? '');
  return Response.json(isSearchTooLong(text) ? [] : await suggestUsers(administrator, text));
});
