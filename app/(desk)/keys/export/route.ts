import { findAdministrator, signInPath } from '@/lib/auth/current-administrator';
import { csvFile } from '@/lib/http/csv-file';
import { isOwnVisit } from '@/lib/http/same-origin';
import { answerBusy } from '@/lib/http/transfer-busy';
import { exportKeys } from '@/lib/keys/export-keys';
import { isFilterTooLong, keyFilterParams } from '@/lib/keys/key-input';
import { listPath } from '@/lib/lists/list-path';

/** The report as a file, filtered like the page. */
export async function GET(request: Request) {
  // It leaves an event and costs a connection: no other site sends our administrators here.
  if (!isOwnVisit(request)) return new Response(null, { status: 403 });
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const filter = keyFilterParams.parse(params);
  const back = listPath('/keys', filter);
  const administrator = await findAdministrator();
  if (!administrator) return seeOther(signInPath(back));
  if (isFilterTooLong(filter)) return seeOther(back);
  return answerBusy(() => csvFile('keydesk-keys', exportKeys(administrator, filter)));
}

const seeOther = (path: string) => new Response(null, { status: 303, headers: { Location: path } });
