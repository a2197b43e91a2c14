import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { EmptyState } from '@/components/empty-state';
import { Moment } from '@/components/moment';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { type DeletedKey, listDeletedKeys } from '@/lib/keys/list-deleted-keys';
import { restorableDays } from '@/lib/keys/restore-key';
import { KeyHint } from '../key-hint';
import { restoreKeyAction } from './actions';
import { RestoreForm } from './restore-form';

export const metadata: Metadata = { title: 'Deleted API keys' };

export default async function DeletedKeysPage() {
  const administrator = await requireAdministrator('viewer');
  const keys = await listDeletedKeys(administrator);
  const mayRestore = hasRole(administrator, 'admin');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>Deleted API keys</h1>
        <BackButton to="/keys">Back to API keys</BackButton>
      </div>
      <p className="text-muted">
        An admin can restore a key for {restorableDays} days; it comes back switched off. Then
        nothing is left of it but whose it was.
      </p>
      <section aria-label="Deleted" className="panel">
        {keys.length === 0 ? (
          <EmptyState title="No deleted API keys.">
            <p>What is deleted can be restored here.</p>
          </EmptyState>
        ) : (
          <table className="report">
            <thead>
              <tr>
                <th scope="col">Username</th>
                <th scope="col">API Key</th>
                <th scope="col">Name</th>
                <th scope="col">Deleted</th>
                <th scope="col">
                  <span className="sr-only">Actions</span>
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
      </section>
    </>
  );
}

function DeletedRow({ deleted, mayRestore }: { deleted: DeletedKey; mayRestore: boolean }) {
  const { id, username, ownerDeleted, name, hint, deletedAt } = deleted;
  return (
    <tr>
      <th
        scope="row"
        data-label="Username"
        id={`owner-${id}`}
        className="font-medium wrap-anywhere"
      >
        <bdi>{username}</bdi>
      </th>
      <td data-label="API Key">
        <KeyHint hint={hint} />
      </td>
      <td data-label="Name" className="wrap-anywhere min-[60rem]:min-w-24">
        {name ? <bdi>{name}</bdi> : <span className="text-muted">–</span>}
      </td>
      <td data-label="Deleted">
        <Moment at={deletedAt} />
      </td>
      <td data-label="Actions">
        {ownerDeleted ? (
          <span className="text-muted">owner deleted</span>
        ) : mayRestore ? (
          <RestoreForm
            action={restoreKeyAction}
            id={id}
            text="Restore"
            describedBy={`owner-${id}`}
          />
        ) : null}
      </td>
    </tr>
  );
}
