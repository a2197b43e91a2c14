import { auditLabels as labels } from './audit-labels';

type Props = {
  /** Null where the id in the address is nobody's. */
  username: string | null;
  /** The list without this filter. */
  without: string;
};

/** Of whose keys alone the events are listed. It stands in the form of the search, which keeps it. */
export function OwnerEvents({ username, without }: Props) {
  return (
    <p className="chip">
      <span id="owner-events">
        {labels.ofOwner} {username === null ? labels.unknownUser : <bdi>{username}</bdi>}
      </span>
      <a href={without} aria-describedby="owner-events">
        {labels.remove}
      </a>
    </p>
  );
}
