import type { Metadata } from 'next';
import { FileExample } from '@/components/file-example';
import { PageHead } from '@/components/page-head';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { checkKeyImportAction } from './actions';
import { CheckKeysForm } from './check-keys-form';
import { importKeysLabels } from './import-keys-labels';

export const metadata: Metadata = { title: importKeysLabels.title };

const example = `username,name,status,created,expires,scopes,secret
grace,nightly report,active,2024-02-29,2027-01-01,reports:read,live_5uVbGq0TnYxWcRkE
linus,,inactive,,,,9f8b-legacy-gateway-key-41`;

export default async function ImportPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const { back } = await searchParams;
  const list = safeRedirect(back, '/keys');
  return (
    <div className="grid max-w-2xl gap-4">
      <PageHead
        title={importKeysLabels.title}
        trail={[{ text: importKeysLabels.list, href: list }]}
      />
      <p>{importKeysLabels.what}</p>
      <CheckKeysForm action={checkKeyImportAction} back={list} />
      <TitledSection id="format" title={importKeysLabels.format}>
        <FileExample text={example} />
        <ul className="grid list-disc gap-1 pl-5 text-muted">
          {importKeysLabels.rules.map((rule) => (
            <li key={rule}>{rule}</li>
          ))}
        </ul>
      </TitledSection>
    </div>
  );
}
