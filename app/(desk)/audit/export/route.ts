import { ForbiddenError, hasRole } from '@/lib/access/administrator';
import { ReauthenticationRequiredError, reauthenticationPath } from '@/lib/access/reauthentication';
import { auditListParams } from '@/lib/audit/audit-input';
import { exportEvents } from '@/lib/audit/export-events';
import { findAdministrator, signInPath } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { csvFile } from '@/lib/http/csv-file';
import { ownReferrer } from '@/lib/http/own-referrer';
import { isOwnPost } from '@/lib/http/same-origin';
import { seeOther } from '@/lib/http/see-other';
import { readSmallForm } from '@/lib/http/small-form';
import { isSearchTooLong } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';

/** The audit as a file, filtered like the page. A POST, for it leaves an event behind. */
export async function POST(request: Request) {
  if (!isOwnPost(request)) return new Response(null, { status: 403 });
  const administrator = await findAdministrator();
  if (!administrator) return seeOther(signInPath(pageOf(request)));
  // Who may not export sees what they would see if there were no export.
  if (!hasRole(administrator, 'admin')) return new Response(null, { status: 404 });
  const form = await readSmallForm(request);
  if (!form) return new Response(null, { status: 413 });
  const {
    page: _page,
    at: _at,
    count: _count,
    wholeKey: _wholeKey,
    ...filters
  } = auditListParams.parse(Object.fromEntries(form));
  const back = listPath('/audit', filters);
  if (isSearchTooLong(filters.actor) || isSearchTooLong(filters.target)) return seeOther(back);
  try {
    return await csvFile('keydesk-audit', await exportEvents(administrator, filters));
  } catch (error) {
    if (error instanceof ForbiddenError) return new Response(null, { status: 404 });
    if (!(error instanceof ReauthenticationRequiredError)) throw error;
    return seeOther(reauthenticationPath(back));
  }
}

/** The list that the form stood on, with its filters: a stranger's form is not read. */
const pageOf = (request: Request) =>
  safeRedirect(ownReferrer(request.headers.get('referer'), '/audit'), '/audit');
