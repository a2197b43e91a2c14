import type { Metadata } from 'next';
import { FileExample } from '@/components/file-example';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { checkImportAction } from './actions';
import { CheckForm } from './check-form';

export const metadata: Metadata = { title: 'Import users' };

const example = `username,display_name,email,active
grace,Grace Hopper,grace@example.org,yes
billing-service,,,no`;

export default async function ImportPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const { back } = await searchParams;
  return (
    <div className="grid max-w-2xl gap-4">
      <h1>Import users</h1>
      <CheckForm action={checkImportAction} back={safeRedirect(back, '/users')} />
      <TitledSection id="format" title="What the file looks like">
        <FileExample text={example} />
        <ul className="grid list-disc gap-1 pl-5 text-muted">
          <li>The first line names the columns, in any order. Only “username” is required.</li>
          <li>“active” is yes or no (also true, false, 1, 0). Empty means yes.</li>
          <li>
            Commas, semicolons or tabs between values, saved as CSV UTF-8, at most 10,000 users and
            1 MB.
          </li>
          <li>
            Nobody is added by the check. Then all are imported, or none where a line is wrong.
          </li>
        </ul>
      </TitledSection>
    </div>
  );
}
