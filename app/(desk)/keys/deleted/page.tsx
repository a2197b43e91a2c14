import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { EmptyState } from '@/components/empty-state';
import { Moment, ZoneNote } from '@/components/moment';
import { PageHead } from '@/components/page-head';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { type DeletedKey, listDeletedKeys } from '@/lib/keys/list-deleted-keys';
import { restorableDays } from '@/lib/keys/restore-key';
import { KeyHint } from '../key-hint';
import { reportLabels } from '../report-labels';
import { restoreKeyAction } from './actions';
import { deletedLabels as labels } from './deleted-labels';
import { RestoreForm } from './restore-form';

export const metadata: Metadata = { title: labels.title };

export default async function DeletedKeysPage() {
  const administrator = await requireAdministrator('viewer');
  const keys = await listDeletedKeys(administrator);
  const mayRestore = hasRole(administrator, 'admin');
  return (
    <>
      <PageHead title={labels.title} trail={[{ text: reportLabels.title, href: '/keys' }]}>
        <BackButton to="/keys">{labels.back}</BackButton>
      </PageHead>
      <p className="text-muted">{labels.about(restorableDays)}</p>
      <section aria-label={labels.list} className="panel">
        {keys.length === 0 ? (
          <EmptyState title={labels.none}>
            <p>{labels.noneHint(restorableDays)}</p>
          </EmptyState>
        ) : (
          <table className="report">
            <thead>
              <tr>
                <th scope="col">{labels.columns.username}</th>
                <th scope="col">{labels.columns.apiKey}</th>
                <th scope="col">{labels.columns.name}</th>
                <th scope="col">{labels.columns.deleted}</th>
                <th scope="col">
                  <span className="sr-only">{labels.columns.actions}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {keys.map((key) => (
                <DeletedRow key={key.id} deleted={key} mayRestore={mayRestore} />
              ))}
            </tbody>
          </table>
        )}
        {keys.length > 0 ? <ZoneNote /> : null}
      </section>
    </>
  );
}

function DeletedRow({ deleted, mayRestore }: { deleted: DeletedKey; mayRestore: boolean }) {
  const { id, username, ownerDeleted, name, hint, deletedAt } = deleted;
  return (
    <tr>
      <th scope="row" data-label={labels.columns.username} id={`owner-${id}`}>
        <bdi>{username}</bdi>
      </th>
      <td data-label={labels.columns.apiKey}>
        <KeyHint hint={hint} />
      </td>
      <td data-label={labels.columns.name} className="wrap-anywhere">
        {name ? <bdi>{name}</bdi> : <span className="text-muted">{labels.noName}</span>}
      </td>
      <td data-label={labels.columns.deleted}>
        <Moment at={deletedAt} />
      </td>
      <td data-label={labels.columns.actions}>
        {ownerDeleted ? (
          <span className="text-muted">{labels.ownerDeleted}</span>
        ) : mayRestore ? (
          <RestoreForm
            action={restoreKeyAction}
            id={id}
            text={labels.restore}
            describedBy={`owner-${id}`}
          />
        ) : null}
      </td>
    </tr>
  );
}
