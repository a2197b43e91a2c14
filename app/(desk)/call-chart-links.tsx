import Link from 'next/link';
import type { CallSpan } from '@/lib/overview/call-chart';
import { callChartLabels as labels } from './call-chart-labels';

type Props = {
  spans: readonly CallSpan[];
  current: CallSpan;
  href: (span: CallSpan) => string;
};

/** Chooses how far back a chart goes. */
export function SpanLinks({ spans, current, href }: Props) {
  return (
    <nav aria-label={labels.range} className="flex rounded-md border border-line-strong">
      {spans.map((span) => (
        <Link
          key={span}
          href={href(span)}
          prefetch={false}
          scroll={false}
          aria-current={span === current ? 'true' : undefined}
          className="rounded-md px-2.5 py-1 text-muted hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-accent"
        >
          {labels.span(span)}
        </Link>
      ))}
    </nav>
  );
}
