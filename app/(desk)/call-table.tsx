import { allOf, type CallChart, codesOf } from '@/lib/overview/call-chart';
import { callChartLabels as labels } from './call-chart-labels';

/** The numbers of a chart, by outcome, the latest first; steps without a call are left out. */
export function CallTable({ chart }: { chart: CallChart }) {
  const { span } = chart;
  const steps = chart.steps.filter((step) => allOf(step) > 0).reverse();
  const codes = codesOf(steps);
  return (
    <details>
      <summary className="w-fit py-1 text-accent underline">{labels.asTable}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section tabIndex={0} aria-label={labels.spanTitle(span)} className="overflow-x-auto">
        <table className="w-full border-collapse text-left tabular-nums [&_td]:px-2 [&_td]:py-1 [&_th]:px-2 [&_th]:py-1">
          <thead>
            <tr>
              <th scope="col">{labels.step(span)}</th>
              {codes.map(([code]) => (
                <th key={code} scope="col">
                  {code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.at.getTime()}>
                <th scope="row" className="font-normal whitespace-nowrap">
                  {labels.time(step, span)}
                </th>
                {codes.map(([code]) => (
                  <td key={code}>{labels.number(step.codes[code] ?? 0)}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot className="border-t border-line-strong font-semibold">
            <tr>
              <th scope="row">{labels.all}</th>
              {codes.map(([code, count]) => (
                <td key={code}>{labels.number(count)}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
    </details>
  );
}
