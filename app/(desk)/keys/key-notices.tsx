import { Notice } from '@/components/notice';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { findDeletedKey, findKey } from '@/lib/keys/find-key';
import { mayUndoDeletion } from '@/lib/keys/undo';
import { restoreKeyAction } from './deleted/actions';
import { DeletedNotice } from './deleted-notice';

type Props = {
  administrator: Administrator;
  happened: { deleted?: string; restored?: string };
  /** The list as it was asked for, to which "Undo" leads back. */
  back: string;
};

/** What was just done. The address only names records; what is said of them the database says. */
export async function KeyNotices({ administrator, happened, back }: Props) {
  const { deleted, restored } = happened;
  const gone = deleted ? await findDeletedKey(administrator, deleted) : null;
  const present = restored ? await findKey(administrator, restored) : null;
  const mayUndo =
    deleted && hasRole(administrator, 'operator')
      ? await mayUndoDeletion(administrator, deleted)
      : false;
  const text =
    gone && `API key ${gone.hint} of ${gone.username} was deleted. It is refused from now on.`;
  return (
    <>
      {deleted ? (
        <DeletedNotice
          action={restoreKeyAction}
          id={deleted}
          back={back}
          text={text}
          mayUndo={mayUndo}
        />
      ) : null}
      {present ? (
        <Notice look="good">
          API key {present.hint} of {present.username} is back as it was.
        </Notice>
      ) : null}
    </>
  );
}
