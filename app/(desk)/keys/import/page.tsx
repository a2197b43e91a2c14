import type { Metadata } from 'next';
import { FileExample } from '@/components/file-example';
import { TitledSection } from '@/components/titled-section';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { checkKeyImportAction } from './actions';
import { CheckKeysForm } from './check-keys-form';

export const metadata: Metadata = { title: 'Import API keys' };

const example = `username,name,status,created,expires,scopes,secret
grace,nightly report,active,2024-02-29,2027-01-01,reports:read,live_5uVbGq0TnYxWcRkE
linus,,inactive,,,,9f8b-legacy-gateway-key-41`;

export default async function ImportPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const { back } = await searchParams;
  return (
    <div className="grid max-w-2xl gap-4">
      <h1>Import API keys</h1>
      <p>
        Keys that callers have already go on working: Keydesk takes them over with the secrets that
        they have.
      </p>
      <CheckKeysForm action={checkKeyImportAction} back={safeRedirect(back, '/keys')} />
      <TitledSection id="format" title="What the file looks like">
        <FileExample text={example} />
        <ul className="grid list-disc gap-1 pl-5 text-muted">
          <li>
            The first line names the columns, in any order. “username” is required, and “secret” or
            “sha256”: the secret itself, or its SHA-256 as 64 hexadecimal digits.
          </li>
          <li>
            A secret has 16 to 200 characters of printable ASCII without blanks. Shorter ones are
            refused, for they can be guessed.
          </li>
          <li>“status” is active, inactive or expired. Empty means active.</li>
          <li>“created” and “expires” are dates, or moments such as 2027-01-01T12:00:00Z.</li>
          <li>“scopes” are separated by blanks or commas.</li>
          <li>
            Commas, semicolons or tabs between values, saved as CSV UTF-8, at most 1,000,000 keys.
            Without JavaScript, 1 MB.
          </li>
          <li>
            Secrets are hashed while the file comes in, and kept nowhere else. No key is made by the
            check. Then all are imported, or none where a line is wrong.
          </li>
        </ul>
      </TitledSection>
    </div>
  );
}
