'use client';

import { useEffect, useState } from 'react';
import { ProgressBar } from './progress-bar';

const askEvery = 300;

/** Where to ask, and of how many things. */
type Props = { from: string; total: number; things: string };

/** How far the import under way has come, asked of the server while its answer is awaited. */
export function ImportProgress({ from, total, things }: Props) {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch(from).catch(() => null);
      if (answer?.status === 200) setDone((await answer.json()).done);
    }, askEvery);
    return () => clearInterval(timer);
  }, [from]);
  const far = `${done.toLocaleString('en')} of ${total.toLocaleString('en')} ${things}`;
  return (
    <ProgressBar text={`Importing: ${far}. All are added, or none.`} value={done} max={total} />
  );
}
