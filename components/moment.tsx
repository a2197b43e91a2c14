type Props = {
  at: Date | null;
  none?: string;
  /** The day alone, where there is no room; the rest is told on hovering. */
  brief?: boolean;
};

/** A moment in UTC, to the minute: the same on every machine and without JavaScript. */
export function Moment({ at, none = 'Never', brief = false }: Props) {
  if (!at) return <span className="text-muted">{none}</span>;
  const text = at.toISOString();
  return (
    <time
      dateTime={text}
      title={`${text.replace('T', ' ').slice(0, 19)} UTC`}
      className="tabular-nums whitespace-nowrap"
    >
      {text.slice(0, 10)}
      {brief ? null : <span className="text-muted"> {text.slice(11, 16)}</span>}
    </time>
  );
}
