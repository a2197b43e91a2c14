import { Moment } from '@/components/moment';
import { allOf, type CallChart, codesOf, sum } from '@/lib/overview/call-chart';

/** The numbers of a chart, by outcome; steps without a call are left out. */
export function CallTable({ chart }: { chart: CallChart }) {
  const steps = chart.steps.filter((step) => allOf(step) > 0).reverse();
  const codes = codesOf(steps);
  const daily = chart.span === '30d';
  if (steps.length === 0) return <p className="text-muted">No calls.</p>;
  return (
    <details>
      <summary className="w-fit py-1 text-accent underline">By outcome, as a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section tabIndex={0} aria-label={`By ${daily ? 'day' : 'hour'}`} className="overflow-x-auto">
        <table className="w-full border-collapse text-left tabular-nums [&_td]:px-2 [&_td]:py-1 [&_th]:px-2 [&_th]:py-1">
          <thead>
            <tr>
              <th scope="col">{daily ? 'Day' : 'Hour'} (UTC)</th>
              {codes.map((code) => (
                <th key={code} scope="col">
                  {code}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {steps.map((step) => (
              <tr key={step.at.getTime()}>
                <th scope="row" className="font-normal">
                  <Moment at={step.at} brief={daily} />
                </th>
                {codes.map((code) => (
                  <td key={code}>{(step.codes[code] ?? 0).toLocaleString('en')}</td>
                ))}
              </tr>
            ))}
          </tbody>
          <tfoot className="border-t border-line-strong font-semibold">
            <tr>
              <th scope="row">All</th>
              {codes.map((code) => (
                <td key={code}>
                  {sum(steps.map((step) => step.codes[code] ?? 0)).toLocaleString('en')}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </section>
    </details>
  );
}
