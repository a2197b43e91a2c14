import { Notice } from '@/components/notice';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { findKeyImport } from '@/lib/keys/import/find-import';
import { importKeysLabels } from './import-keys-labels';

/** What an import has just made; nothing where the address names none. */
export async function ImportedNotice(props: { administrator: Administrator; id: string }) {
  const { administrator, id } = props;
  const mayImport = hasRole(administrator, 'operator');
  const made = mayImport ? await findKeyImport(administrator, id) : null;
  return made ? <Notice look="good">{importKeysLabels.imported(made.keys)}</Notice> : null;
}
