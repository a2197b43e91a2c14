import { auditListParams } from '@/lib/audit/audit-input';
import { exportEvents } from '@/lib/audit/export-events';
import { hasRole } from '@/lib/auth/administrator';
import { findAdministrator, signInPath } from '@/lib/auth/current-administrator';
import { ProofRequiredError } from '@/lib/auth/step-up';
import { isSearchTooLong, listPath } from '@/lib/list-params';
import { publicOrigins } from '@/lib/public-origin';

/** The audit as a file, filtered like the page. A POST, for it leaves an event behind. */
export async function POST(request: Request) {
  const origin = request.headers.get('origin');
  if (!origin || !publicOrigins().includes(origin)) return new Response(null, { status: 403 });
  const form = await request.formData().catch(() => new FormData());
  const { page: _page, at: _at, count: _count, ...filters } = auditListParams.parse(Object.fromEntries(form));
  const back = listPath('/audit', filters);
  const administrator = await findAdministrator();
  if (!administrator) return seeOther(signInPath(back));
  // Who may not export sees what they would see if there were no export.
  if (!hasRole(administrator, 'admin')) return new Response(null, { status: 404 });
  if (isSearchTooLong(filters.actor) || isSearchTooLong(filters.target)) return seeOther(back);
  try {
    return asFile(await exportEvents(administrator, filters));
  } catch (error) {
    if (!(error instanceof ProofRequiredError)) throw error;
    return seeOther(`/settings/prove?next=${encodeURIComponent(back)}`);
  }
}

const seeOther = (path: string) => new Response(null, { status: 303, headers: { Location: path } });

/** Taken from the database as fast as the browser takes it from us. */
function asFile(lines: AsyncGenerator<string>): Response {
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { value, done } = await lines.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
  const day = new Date().toISOString().slice(0, 10);
  return new Response(body, {
    headers: {
      'Content-Type': 'text/csv; charset=utf-8; header=present',
      'Content-Disposition': `attachment; filename="keydesk-audit-${day}.csv"`,
      'Cache-Control': 'no-store',
    },
  });
}
