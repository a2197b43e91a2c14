import { ArrowDown, ArrowUp } from 'lucide-react';
import Link from 'next/link';

type Props = {
  text: string;
  /** The word for this column; with `-` before it, downwards. */
  by: string;
  sort: string;
  href: (sort: string) => string;
};

/** A column head that sorts: once upwards, again downwards. */
export function SortHeader({ text, by, sort, href }: Props) {
  const up = sort === by;
  const down = sort === `-${by}`;
  return (
    <th scope="col" aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <Link
        href={href(up ? `-${by}` : by)}
        prefetch={false}
        className="inline-flex min-h-6 items-center gap-1 hover:text-ink"
      >
        {text}
        {up ? <ArrowUp aria-hidden="true" className="size-3.5" /> : null}
        {down ? <ArrowDown aria-hidden="true" className="size-3.5" /> : null}
      </Link>
    </th>
  );
}
