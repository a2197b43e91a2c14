import { auditListParams } from '@/lib/audit/audit-input';
import { exportEvents } from '@/lib/audit/export-events';
import { ForbiddenError, hasRole } from '@/lib/auth/administrator';
import { findAdministrator, signInPath } from '@/lib/auth/current-administrator';
import { ProofRequiredError } from '@/lib/auth/step-up';
import { csvFile } from '@/lib/csv/csv-file';
import { isSearchTooLong } from '@/lib/list-params';
import { listPath } from '@/lib/list-path';
import { publicOrigins } from '@/lib/public-origin';

/** The audit as a file, filtered like the page. A POST, for it leaves an event behind. */
export async function POST(request: Request) {
  const origin = request.headers.get('origin');
  if (!origin || !publicOrigins().includes(origin)) return new Response(null, { status: 403 });
  const form = await request.formData().catch(() => new FormData());
  const {
    page: _page,
    at: _at,
    count: _count,
    wholeKey: _wholeKey,
    ...filters
  } = auditListParams.parse(Object.fromEntries(form));
  const back = listPath('/audit', filters);
  const administrator = await findAdministrator();
  if (!administrator) return seeOther(signInPath(back));
  // Who may not export sees what they would see if there were no export.
  if (!hasRole(administrator, 'admin')) return new Response(null, { status: 404 });
  if (isSearchTooLong(filters.actor) || isSearchTooLong(filters.target)) return seeOther(back);
  try {
    return await csvFile('keydesk-audit', await exportEvents(administrator, filters));
  } catch (error) {
    if (error instanceof ForbiddenError) return new Response(null, { status: 404 });
    if (!(error instanceof ProofRequiredError)) throw error;
    return seeOther(`/settings/prove?next=${encodeURIComponent(back)}`);
  }
}

const seeOther = (path: string) => new Response(null, { status: 303, headers: { Location: path } });
