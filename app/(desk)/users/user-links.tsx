import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { listPath } from '@/lib/lists/list-path';
import { usersLabels as labels } from './users-labels';

type Props = {
  /** Null where there is nobody to export. */
  exportPath: string | null;
  back: string;
  mayChange: boolean;
};

/** What can be done beside looking. */
export function UserLinks({ exportPath, back, mayChange }: Props) {
  return (
    <>
      {exportPath ? (
        <a href={exportPath} target="_self" className={buttonClass()}>
          {labels.exportCsv}
        </a>
      ) : null}
      {mayChange ? (
        <>
          <Link
            prefetch={false}
            href={listPath('/users/import', { back })}
            className={buttonClass()}
          >
            {labels.importCsv}
          </Link>
          <Link
            prefetch={false}
            href={listPath('/users/new', { back })}
            data-key="n"
            className={buttonClass('primary')}
          >
            {labels.add}
          </Link>
        </>
      ) : null}
    </>
  );
}
