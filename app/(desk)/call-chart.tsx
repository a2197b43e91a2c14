import {
  allOf,
  type CallChart,
  type CallSpan,
  callSpans,
  callsOf,
  codesOf,
} from '@/lib/overview/call-chart';
import { CallBars, CallSample } from './call-bars';
import { callChartLabels as labels } from './call-chart-labels';
import { SpanLinks } from './call-chart-links';
import { CallTable } from './call-table';

type Props = { chart: CallChart; href: (span: CallSpan) => string };

/**
 * Calls over time: a bar for each step, good calls below and refused ones on top. Drawn by the server in
 * attributes and classes alone; the table below has the same numbers.
 */
export function CallChartFigure({ chart, href }: Props) {
  const { span, steps } = chart;
  const { calls } = callsOf(chart);
  const most = Math.max(...steps.map(allOf));
  return (
    <figure
      id="calls"
      className="panel grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2 p-4"
    >
      <figcaption className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="font-semibold">{labels.calls}</span>
        <SpanLinks spans={callSpans} current={span} href={href} />
      </figcaption>
      {calls === 0 ? (
        <p className="grid h-32 place-items-center text-muted">{labels.none}</p>
      ) : (
        <>
          <p className="flex justify-between gap-4 text-xs text-muted tabular-nums">
            {/* The day's total is among the facts above the chart. */}
            <span>{span === '24h' ? null : labels.total(calls)}</span>
            <span>{labels.peak(most, span)}</span>
          </p>
          <CallBars chart={chart} most={most} />
          <Axis chart={chart} />
          <Legend chart={chart} />
          <CallTable chart={chart} />
        </>
      )}
    </figure>
  );
}

/** Where each part of the drawing begins: the parts are of one width. */
function Axis({ chart: { span, steps } }: { chart: CallChart }) {
  const parts = span === '30d' ? 5 : 4;
  const columns = span === '30d' ? 'grid-cols-5' : 'grid-cols-4';
  const first = steps.filter((_, index) => index % (steps.length / parts) === 0);
  return (
    <p aria-hidden="true" className={`grid ${columns} text-xs text-muted tabular-nums`}>
      {first.map((step) => (
        <span key={step.at.getTime()}>{labels.begins(step, span)}</span>
      ))}
    </p>
  );
}

function Legend({ chart }: { chart: CallChart }) {
  const { calls, refused } = callsOf(chart);
  const refusals = codesOf(chart.steps).filter(([code]) => code !== 'VALID');
  return (
    <div className="flex flex-wrap gap-x-4 tabular-nums">
      <CallSample className="fill-accent">{labels.valid(calls - refused)}</CallSample>
      <CallSample className="fill-danger">
        {labels.refused(refused)}
        {refusals.length > 0 ? (
          <span className="text-muted">
            {refusals.map(([code, count]) => labels.code(code, count)).join(' · ')}
          </span>
        ) : null}
      </CallSample>
      <CallSample stripes>{labels.soFar}</CallSample>
      <span className="ml-auto text-muted">{labels.zone}</span>
    </div>
  );
}
