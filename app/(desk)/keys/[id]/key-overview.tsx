import type { ReactNode } from 'react';
import { dayText } from '@/components/day-text';
import { Moment } from '@/components/moment';
import type { KeyDetails } from '@/lib/keys/find-key';
import type { KeyUse } from '@/lib/keys/use/key-use';
import type { CallChart, CallSpan } from '@/lib/overview/call-chart';
import { CallChartFigure } from '../../call-chart';
import { SourceList } from '../source-list';
import { keyPageLabels as labels } from './key-page-labels';

type Props = {
  apiKey: KeyDetails;
  use: KeyUse;
  chart: CallChart;
  /** Where the chart shows another span. */
  href: (range: CallSpan) => string;
  /** The day on which the rule for unused keys switches it off, if it does. */
  stopDay: string | null;
  /** Where two secrets work, the addresses stand with each of them. */
  hasOverlap: boolean;
};

/** How much the key is used: four facts, one chart, and from where. */
export function KeyOverview({ apiKey, use, chart, href, stopDay, hasOverlap }: Props) {
  const { calls, refused } = use.day;
  return (
    <>
      <section aria-label={labels.facts}>
        <dl className="panel grid grid-cols-2 gap-px overflow-hidden lg:grid-cols-4">
          <KeyFact term={labels.lastUsed}>
            <Moment at={use.lastUsedAt ? new Date(use.lastUsedAt) : null} />
          </KeyFact>
          <KeyFact term={labels.calls}>{labels.number(calls)}</KeyFact>
          <KeyFact term={labels.refused}>{labels.refusedOf(refused, calls)}</KeyFact>
          <KeyFact term={labels.expires}>
            <Moment at={apiKey.expiresAt} />
          </KeyFact>
        </dl>
        {stopDay ? <p className="pt-2 text-muted">{labels.stopsOn(dayText(stopDay))}</p> : null}
      </section>
      <CallChartFigure chart={chart} href={href} />
      {hasOverlap ? null : (
        <details className="panel px-4 py-2">
          <summary className="w-fit py-1 font-medium">{labels.addresses}</summary>
          <div className="grid gap-2 pb-2">
            <SourceList sources={use.sources} />
            {use.sources.length > 0 ? <p className="text-muted">{labels.addressesNote}</p> : null}
          </div>
        </details>
      )}
    </>
  );
}

function KeyFact({ term, children }: { term: string; children: ReactNode }) {
  return (
    <div className="flex flex-col px-4 py-3 outline outline-line">
      <dt className="text-muted">{term}</dt>
      <dd className="text-base font-semibold tabular-nums">{children}</dd>
    </div>
  );
}
