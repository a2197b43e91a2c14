'use client';

import { Button } from '@/components/button';
import { isOfDatabase } from '@/components/posting/send-problem';

export default function ErrorPage({
  error,
  reset,
}: {
  error: { digest?: string };
  reset: () => void;
}) {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 py-24">
      <h1>This did not work</h1>
      <p className="text-muted">
        {isOfDatabase(error.digest)
          ? 'Keydesk could not answer, because its database did not.'
          : 'Something went wrong, and this page cannot be shown.'}{' '}
        What you sent was done wholly or not at all: look which, before you send it again.
      </p>
      {error.digest ? <p className="text-muted">For the log: {error.digest}</p> : null}
      <Button onClick={reset}>Try again</Button>
    </main>
  );
}
