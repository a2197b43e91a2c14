import Link from 'next/link';

type Props = {
  /** Null where the id in the address is nobody's. */
  username: string | null;
  /** The list without this filter. */
  without: string;
};

/** Whose keys alone are listed. It stands in the form of the search, which keeps it. */
export function OwnerFilter({ username, without }: Props) {
  return (
    <p className="flex flex-wrap gap-x-3 sm:col-span-full">
      <span id="owner-filter" className="font-medium wrap-anywhere">
        Owner: {username === null ? 'unknown user' : <bdi>{username}</bdi>}
      </span>
      <Link
        prefetch={false}
        href={without}
        aria-describedby="owner-filter"
        className="text-accent underline"
      >
        Remove
      </Link>
    </p>
  );
}
