type Props = {
  text: string;
  /** The word for this column; with `-` before it, downwards. */
  by: string;
  sort: string;
  href: (sort: string) => string;
};

/** A column head that sorts: once upwards, again downwards. Its arrow is drawn by the table. */
export function SortHeader({ text, by, sort, href }: Props) {
  const up = sort === by;
  const down = sort === `-${by}`;
  return (
    <th scope="col" aria-sort={up ? 'ascending' : down ? 'descending' : undefined}>
      <a href={href(up ? `-${by}` : by)}>{text}</a>
    </th>
  );
}
