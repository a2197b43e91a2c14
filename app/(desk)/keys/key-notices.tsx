import { Arrival } from '@/components/arrival';
import { Notice } from '@/components/notice';
import { Toast } from '@/components/toast';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { findBulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { findDeletedKey, findKey } from '@/lib/keys/find-key';
import { mayUndoDeletion } from '@/lib/keys/undo';
import { bulkSummary } from './bulk/[id]/bulk-labels';
import { restoreKeyAction } from './deleted/actions';
import { DeletedNotice } from './deleted-notice';
import { keyNoticeLabels as labels } from './key-notice-labels';

type Happened = Partial<Record<'deleted' | 'restored' | 'added' | 'bulk', string | undefined>>;

type Props = {
  administrator: Administrator;
  happened: Happened;
  /** The list as it was asked for, to which "Undo" leads back. */
  back: string;
};

/** What was just done. The address only names records; what is said of them the database says. */
export function KeyNotices({ administrator, happened, back }: Props) {
  const { deleted, restored, added, bulk } = happened;
  return (
    <>
      {deleted ? (
        <DeletedKey key={deleted} administrator={administrator} id={deleted} back={back} />
      ) : null}
      {restored ? <RestoredKey key={restored} administrator={administrator} id={restored} /> : null}
      {added ? <AddedKey key={added} administrator={administrator} id={added} /> : null}
      {bulk && hasRole(administrator, 'operator') ? (
        <ChangedKeys key={bulk} administrator={administrator} id={bulk} />
      ) : null}
    </>
  );
}

type OneProps = { administrator: Administrator; id: string };

async function DeletedKey({ administrator, id, back }: OneProps & { back: string }) {
  const gone = await findDeletedKey(administrator, id);
  const mayUndo = hasRole(administrator, 'operator') && (await mayUndoDeletion(administrator, id));
  return (
    <Arrival>
      <DeletedNotice
        action={restoreKeyAction}
        id={id}
        back={back}
        text={gone && labels.deleted(gone.hint, gone.username)}
        mayUndo={mayUndo}
      />
    </Arrival>
  );
}

async function RestoredKey({ administrator, id }: OneProps) {
  const key = await findKey(administrator, id);
  if (!key) return null;
  return (
    <Arrival>
      <Notice look="good">{labels.restored(key.hint, key.username)}</Notice>
    </Arrival>
  );
}

/** Beside the row, which is lit: nothing moves. */
async function AddedKey({ administrator, id }: OneProps) {
  const key = await findKey(administrator, id);
  if (!key) return null;
  return (
    <Toast result={id} look="good">
      {labels.added(key.hint, key.username)}
    </Toast>
  );
}

async function ChangedKeys({ administrator, id }: OneProps) {
  const bulk = await findBulkChange(administrator, id);
  if (!bulk) return null;
  return (
    <Arrival>
      <Notice look="good">{bulkSummary(bulk)}</Notice>
    </Arrival>
  );
}
