'use client';

import { Button } from '@/components/button';
import { isOfDatabase } from '@/components/posting/send-problem';
import { pageLabels } from './page-labels';

export default function ErrorPage({
  error: { digest },
  reset,
}: {
  error: { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 py-24">
      <h1>{pageLabels.failed}</h1>
      <p className="text-muted">
        {isOfDatabase(digest) ? pageLabels.databaseFailed : pageLabels.pageFailed}{' '}
        {pageLabels.wholeOrNot}
      </p>
      {digest ? <p className="text-muted">{pageLabels.reference(digest)}</p> : null}
      <Button onClick={reset}>{pageLabels.again}</Button>
    </main>
  );
}
