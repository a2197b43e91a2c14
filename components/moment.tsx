/** A moment in UTC, to the minute: the same on every machine and without JavaScript. */
export function Moment({ at, none = 'Never' }: { at: Date | null; none?: string }) {
  if (!at) return <span className="text-muted">{none}</span>;
  const text = at.toISOString();
  return (
    <time
      dateTime={text}
      title={`${text.replace('T', ' ').slice(0, 19)} UTC`}
      className="tabular-nums whitespace-nowrap"
    >
      {text.slice(0, 10)} <span className="text-muted">{text.slice(11, 16)}</span>
    </time>
  );
}
