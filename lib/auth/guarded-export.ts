import 'server-only';
import type { Administrator } from '@/lib/access/administrator';
import { type CsvParts, csvFile } from '@/lib/http/csv-file';
import { isOwnVisit } from '@/lib/http/same-origin';
import { seeOther } from '@/lib/http/see-other';
import { answerBusy } from '@/lib/http/transfer-busy';
import { listPath } from '@/lib/lists/list-path';
import { findAdministrator, signInPath } from './current-administrator';

type Export<Filter> = {
  /** The page of the list, to which a reader without a session returns after signing in. */
  page: string;
  /** What the file is called, before its date. */
  name: string;
  parse: (params: Record<string, string>) => Filter;
  isTooLong: (filter: Filter) => boolean;
  run: (administrator: Administrator, filter: Filter) => CsvParts;
};

/**
 * A handler of GET that answers a list as a CSV file, filtered like its page. An export leaves an event and
 * occupies a connection, so links on other sites are refused with 403.
 */
export function guardedExport<Filter extends Parameters<typeof listPath>[1]>({
  page,
  name,
  parse,
  isTooLong,
  run,
}: Export<Filter>): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isOwnVisit(request)) return new Response(null, { status: 403 });
    const filter = parse(Object.fromEntries(new URL(request.url).searchParams));
    const back = listPath(page, filter);
    const administrator = await findAdministrator();
    if (!administrator) return seeOther(signInPath(back));
    if (isTooLong(filter)) return seeOther(back);
    return answerBusy(() => csvFile(name, run(administrator, filter)));
  };
}
