import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { listPath } from '@/lib/lists/list-path';

type Props = {
  /** Null where there is nothing to export. */
  exportPath: string | null;
  back: string;
  mayChange: boolean;
};

/** What can be done beside looking. */
export function ReportLinks({ exportPath, back, mayChange }: Props) {
  return (
    <div className="flex flex-wrap gap-2">
      {exportPath ? (
        <a href={exportPath} className={buttonClass()}>
          Export CSV
        </a>
      ) : null}
      {mayChange ? (
        <>
          <Link
            prefetch={false}
            href={listPath('/keys/import', { back })}
            className={buttonClass()}
          >
            Import CSV
          </Link>
          <Link
            prefetch={false}
            href={listPath('/keys/new', { back })}
            className={buttonClass('primary')}
          >
            Add New API Key
          </Link>
        </>
      ) : null}
    </div>
  );
}
