import { guardedExport } from '@/lib/auth/guarded-export';
import { isSearchTooLong } from '@/lib/lists/list-params';
import { exportUsers } from '@/lib/users/export-users';
import { userFilterParams } from '@/lib/users/user-input';

/** The directory as a file. */
export const GET = guardedExport({
  page: '/users',
  name: 'keydesk-users',
  parse: (params) => userFilterParams.parse(params),
  isTooLong: ({ username }) => isSearchTooLong(username),
  run: exportUsers,
});
