'use client';

import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import { shownSeconds, useAutoHide } from './use-auto-hide';

/** The secret, for less than a minute. */
export function ShownSecret({ secret, back }: { secret: string; back: string }) {
  const { left, hide } = useAutoHide();
  const leave = <BackButton to={back}>Close</BackButton>;
  if (left === 0) {
    return (
      <>
        <Notice look="good">The secret is hidden again.</Notice>
        <div>{leave}</div>
      </>
    );
  }
  return (
    <section aria-label="Revealed API key" className="grid gap-3">
      <noscript>
        {/* Nobody counts down without JavaScript, so the browser itself leaves the page. */}
        <meta httpEquiv="refresh" content={`${shownSeconds};url=${back}`} />
      </noscript>
      <code
        data-testid="secret"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all select-all"
      >
        {secret}
      </code>
      <p aria-hidden="true" className="text-muted tabular-nums">
        Hidden in {left ?? shownSeconds} seconds.
      </p>
      <p role="status" className="sr-only">
        Hidden in {milestone(left)} seconds.
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={secret} />
        <Button onClick={hide}>Hide now</Button>
        {leave}
      </div>
    </section>
  );
}

/** Screen readers hear three times how long there is, not every second. */
const milestone = (left: number | null) =>
  left === null || left > 30 ? shownSeconds : left > 10 ? 30 : 10;
