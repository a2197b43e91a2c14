import { reportLabels as labels } from './report-labels';

type Props = {
  /** Null where the id in the address is nobody's. */
  username: string | null;
  /** The list without this filter. */
  without: string;
};

/** Whose keys alone are listed. It stands in the form of the search, which keeps it. */
export function OwnerFilter({ username, without }: Props) {
  return (
    <p className="chip">
      <span id="owner-filter">
        {labels.owner}
        {username === null ? labels.unknownOwner : <bdi>{username}</bdi>}
      </span>
      <a href={without} aria-describedby="owner-filter">
        {labels.removeOwner}
      </a>
    </p>
  );
}
