import { buttonClass } from '@/components/button';
import { listPath } from '@/lib/lists/list-path';
import { reportLabels as labels } from './report-labels';

type Props = {
  /** Null where there is nothing to export. */
  exportPath: string | null;
  back: string;
  mayChange: boolean;
};

/** What can be done beside looking; what is seldom done is behind "More". */
export function ReportLinks({ exportPath, back, mayChange }: Props) {
  return (
    <>
      <button type="button" popoverTarget="more" className={buttonClass()}>
        {labels.more}
      </button>
      <div popover="auto" id="more" className="menu">
        {exportPath ? (
          <a href={exportPath} target="_self">
            {labels.exportCsv}
          </a>
        ) : null}
        {mayChange ? <a href={listPath('/keys/import', { back })}>{labels.importCsv}</a> : null}
        <a href="/keys/deleted">{labels.deletedKeys}</a>
      </div>
      {mayChange ? (
        <a href={listPath('/keys/new', { back })} data-key="n" className={buttonClass('primary')}>
          {labels.add}
        </a>
      ) : null}
    </>
  );
}
