import { findAdministrator, signInPath } from '@/lib/auth/current-administrator';
import { csvFile } from '@/lib/http/csv-file';
import { isOwnVisit } from '@/lib/http/same-origin';
import { answerBusy } from '@/lib/http/transfer-busy';
import { isSearchTooLong } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { exportUsers } from '@/lib/users/export-users';
import { userFilterParams } from '@/lib/users/user-input';

/** The directory as a file, filtered like the page. */
export async function GET(request: Request) {
  // It leaves an event and costs a connection: no other site sends our administrators here.
  if (!isOwnVisit(request)) return new Response(null, { status: 403 });
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const filter = userFilterParams.parse(params);
  const back = listPath('/users', filter);
  const administrator = await findAdministrator();
  if (!administrator) return seeOther(signInPath(back));
  if (isSearchTooLong(filter.username)) return seeOther(back);
  return answerBusy(() => csvFile('keydesk-users', exportUsers(administrator, filter)));
}

const seeOther = (path: string) => new Response(null, { status: 303, headers: { Location: path } });
