import { momentLabels } from './moment-labels';
import { exactText, momentText, zonedText } from './moment-text';

type Props = {
  at: Date | null;
  none?: string;
  /** Nothing finer than a day. */
  brief?: boolean;
  /** The exact time in sight, where it is what one looks for; the zone is said once beside all of them. */
  exact?: boolean;
  /** When the page was made. A component in the browser gets it from the server. */
  now?: number;
};

/** A moment in words; on hover and for screen readers the exact time with its zone. */
export function Moment({ at, none = momentLabels.never, brief, exact, now = Date.now() }: Props) {
  if (!at) return <span className="text-muted">{none}</span>;
  const iso = at.toISOString();
  return (
    // The server's words stay where the browser would choose later ones.
    <time dateTime={iso} title={zonedText(at, iso)} suppressHydrationWarning>
      {exact ? exactText(at, iso) : momentText(at, now, brief)}
    </time>
  );
}

/** The zone of all moments of a table, said once below it. */
export function ZoneNote() {
  return <p className="px-3 py-2 text-muted">{momentLabels.zone}</p>;
}
