import type { Metadata } from 'next';
import { FileExample } from '@/components/file-example';
import { PageHead } from '@/components/page-head';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { checkImportAction } from './actions';
import { CheckForm } from './check-form';
import { importUsersLabels as labels } from './import-users-labels';

export const metadata: Metadata = { title: labels.title };

const example = `username,display_name,email,active,kind,responsible
grace,Grace Hopper,grace@example.org,yes,person,
billing,,,yes,service,grace`;

export default async function ImportPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const { back } = await searchParams;
  const list = safeRedirect(back, '/users');
  return (
    <div className="grid max-w-2xl gap-4">
      <PageHead title={labels.title} trail={[{ text: labels.list, href: list }]} />
      <CheckForm action={checkImportAction} back={list} />
      <TitledSection id="format" title={labels.format}>
        <FileExample text={example} />
        <ul className="grid list-disc gap-1 pl-5 text-muted">
          {labels.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </TitledSection>
    </div>
  );
}
