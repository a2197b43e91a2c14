import { guardedRoute } from '@/lib/auth/guarded-route';
import { isSearchTooLong, searchParam } from '@/lib/lists/list-params';
import { suggestUsernames } from '@/lib/users/suggest-usernames';

/** Usernames for the field "User" while it is typed in. */
export const GET = guardedRoute('viewer', async (administrator, { url }) => {
  const text = searchParam.parse(new URL(url).searchParams.get('q') ?? '');
  return Response.json(isSearchTooLong(text) ? [] : await suggestUsernames(administrator, text));
});
