import { Moment } from '@/components/moment';
import { nearDays } from '@/components/moment-text';
import { bulkFormId, questionFormId } from './report-forms';
import type { RowFacts } from './row-facts';
import { rowLabels as labels } from './row-labels';
import { StatusCell } from './status-cell';

type Props = {
  row: RowFacts;
  number: number;
  /** When the page was made. */
  now: number;
  mayChange: boolean;
  /** Its switch was pressed, and there is no answer yet. */
  isSwitching: boolean;
  /** It was made a moment ago. */
  isNew: boolean;
};

/** Elements and no components, and no classes that the table can give: 25 of them are most of the page. */
export function KeyRow({ row, number, now, mayChange, isSwitching, isNew }: Props) {
  const { id, username, hint, name, used, expires } = row;
  const may = mayChange && !row.locked;
  const about = `k${number}`;
  return (
    <tr className={isNew ? 'lit' : undefined}>
      <td>
        {may ? (
          <input
            type="checkbox"
            form={bulkFormId}
            name="key"
            value={id}
            aria-label={labels.select(hint, username)}
          />
        ) : null}
        {number}
      </td>
      <th scope="row" title={username.length > fits ? username : undefined}>
        <a id={about} href={`/keys/${id}`}>
          <bdi>{username}</bdi>
        </a>
      </th>
      <td>
        <code>{hint}</code>
        {row.revealable ? (
          <RowButton path={`/keys/${id}/reveal`} about={about} text={labels.reveal} />
        ) : null}
      </td>
      <StatusCell row={row} now={now} about={about} may={may} isSwitching={isSwitching} />
      <td title={name && name.length > fits ? name : undefined}>
        <bdi>{name ?? labels.noName}</bdi>
      </td>
      <td>
        <Moment at={row.created} now={now} brief />
      </td>
      <td data-label={labels.used}>
        <Moment at={used ?? null} now={now} />
      </td>
      <td
        data-label={labels.expires}
        className={row.status === 'active' && isSoon(expires, now) ? 'soon' : undefined}
      >
        <Moment at={expires ?? null} now={now} />
      </td>
      <td>
        {may ? <RowActions id={id} number={number} about={about} /> : null}
        {mayChange && !may ? labels.adminOnly : null}
      </td>
    </tr>
  );
}

/** Longer texts may end in an ellipsis, and are told whole on hover. */
const fits = 14;

const isSoon = (expires: Date | undefined, now: number) =>
  expires !== undefined && expires.getTime() - now <= nearDays * 86_400_000;

/** In a wide window both stand in the row; on a card they are behind "…". */
function RowActions({ id, number, about }: { id: string; number: number; about: string }) {
  const menu = `m${number}`;
  return (
    <>
      <button
        type="button"
        popoverTarget={menu}
        aria-label={labels.actions}
        aria-describedby={about}
      >
        …
      </button>
      <div popover="auto" id={menu}>
        <RowButton path={`/keys/${id}/regenerate`} about={about} text={labels.edit} />
        <RowButton path={`/keys/${id}/delete`} about={about} text={labels.delete} />
      </div>
    </>
  );
}

type ButtonProps = { path: string; about: string; text: string };

/** Opens a page, without JavaScript; otherwise the rows ask in a dialog. */
function RowButton({ path, about, text }: ButtonProps) {
  return (
    <button type="submit" form={questionFormId} formAction={path} aria-describedby={about}>
      {text}
    </button>
  );
}
