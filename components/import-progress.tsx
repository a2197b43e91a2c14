'use client';

import { useEffect, useState } from 'react';
import { importLabels } from './import-labels';
import { usePostedForm } from './posting/form-scope';
import { ProgressBar } from './progress-bar';

const askEvery = 300;

/** Where to ask, and of how many things. */
type Props = { from: string; total: number; things: string };

/** While the answer of the form around is awaited: how far its import has come. */
export function ImportProgress(props: Props) {
  return usePostedForm().pending ? <Underway {...props} /> : null;
}

function Underway({ from, total, things }: Props) {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch(from).catch(() => null);
      if (answer?.status === 200) setDone((await answer.json()).done);
    }, askEvery);
    return () => clearInterval(timer);
  }, [from]);
  return <ProgressBar text={importLabels.progress(done, total, things)} value={done} max={total} />;
}
