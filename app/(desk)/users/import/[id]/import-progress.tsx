'use client';

import { useEffect, useState } from 'react';
import { ProgressBar } from '@/components/progress-bar';

const askEvery = 300;

/** How far the import under way has come, asked of the server while its answer is awaited. */
export function ImportProgress({ id, users }: { id: string; users: number }) {
  const [done, setDone] = useState(0);
  useEffect(() => {
    const timer = setInterval(async () => {
      const answer = await fetch(`/users/import/${id}/progress`).catch(() => null);
      if (answer?.status === 200) setDone((await answer.json()).done);
    }, askEvery);
    return () => clearInterval(timer);
  }, [id]);
  const far = `${done.toLocaleString('en')} of ${users.toLocaleString('en')}`;
  return (
    <ProgressBar
      text={`Importing: ${far} users. All are added, or none.`}
      value={done}
      max={users}
    />
  );
}
