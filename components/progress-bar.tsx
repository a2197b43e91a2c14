import { useId } from 'react';

/** Without a value it is not known how far it has come. */
type Props = { text: string; value: number | undefined; max: number };

/** How far long work has come, in words and as a bar. */
export function ProgressBar({ text, value, max }: Props) {
  const labelId = useId();
  return (
    <div className="grid gap-1">
      <p id={labelId}>{text}</p>
      <progress
        aria-labelledby={labelId}
        max={max}
        value={value}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
      />
    </div>
  );
}
