'use client';

import { useEffect, useId, useState } from 'react';

const askEvery = 300;

/** Where to ask, and of how many things. */
type Props = { from: string; total: number; things: string };

/** How far the import under way has come, asked of the server while its answer is awaited. */
export function ImportProgress({ from, total, things }: Props) {
  const labelId = useId();
  const [done, setDone] = useState(0);
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch(from).catch(() => null);
      if (answer?.status === 200) setDone((await answer.json()).done);
    }, askEvery);
    return () => clearInterval(timer);
  }, [from]);
  return (
    <div className="grid gap-1">
      <p id={labelId}>
        Importing: {done.toLocaleString('en')} of {total.toLocaleString('en')} {things}. All are
        added, or none.
      </p>
      <progress
        aria-labelledby={labelId}
        max={total}
        value={done}
        className="h-2 w-full appearance-none overflow-hidden rounded-full bg-sunken [&::-moz-progress-bar]:bg-accent [&::-webkit-progress-bar]:bg-sunken [&::-webkit-progress-value]:bg-accent [&::-webkit-progress-value]:transition-[width]"
      />
    </div>
  );
}
