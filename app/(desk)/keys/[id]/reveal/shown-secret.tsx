'use client';

import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import { shownLabels as labels } from './shown-labels';
import { shownSeconds, useAutoHide } from './use-auto-hide';

/** The secret, for less than a minute. */
export function ShownSecret({ secret, back }: { secret: string; back: string }) {
  const { left, hide } = useAutoHide();
  const leave = <BackButton to={back}>{labels.close}</BackButton>;
  if (left === 0) {
    return (
      <>
        <Notice look="good">{labels.hidden}</Notice>
        <div>{leave}</div>
      </>
    );
  }
  return (
    <section aria-label={labels.region} className="grid gap-3">
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
        {labels.hiddenIn(left ?? shownSeconds)}
      </p>
      <p role="status" className="sr-only">
        {labels.hiddenIn(milestone(left))}
      </p>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={secret} />
        <Button onClick={hide}>{labels.hideNow}</Button>
        {leave}
      </div>
    </section>
  );
}

/** Screen readers hear three times how long there is, not every second. */
const milestone = (left: number | null) =>
  left === null || left > 30 ? shownSeconds : left > 10 ? 30 : 10;
