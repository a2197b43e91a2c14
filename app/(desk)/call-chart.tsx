import { allOf, type CallChart, type CallStep, sum, validOf } from '@/lib/overview/call-chart';
import { CallTable } from './call-table';

const titles = { '24h': 'Calls in 24 hours', '30d': 'Calls in 30 days' } as const;

/** What one step takes of the drawing, and how high it is, in units of the drawing. */
const step = { width: 10, gap: 2 };
const height = 100;

type Props = { chart: CallChart; id: string };

/**
 * Calls over time: a bar for each hour or day, good calls below and refused ones, striped, on top.
 * Drawn by the server in attributes and classes alone; the same numbers stand in the table below.
 */
export function CallChartFigure({ chart, id }: Props) {
  const { steps, span } = chart;
  const all = sum(steps.map(allOf));
  const valid = sum(steps.map(validOf));
  const most = Math.max(1, ...steps.map(allOf));
  const name = `${titles[span]}: ${number(all)}, of which ${number(valid)} good and ${number(all - valid)} refused`;
  return (
    <figure className="grid min-w-0 grid-cols-[minmax(0,1fr)] content-start gap-2 panel p-4">
      <figcaption className="flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">{titles[span]}</span>
        <span className="text-muted tabular-nums">
          {number(all)} in all{all > 0 ? `, at most ${number(most)} in one ${unit(span)}` : ''}
        </span>
      </figcaption>
      <svg
        role="img"
        aria-label={name}
        viewBox={`0 0 ${steps.length * step.width} ${height}`}
        preserveAspectRatio="none"
        className="h-32 w-full border-b border-line-strong"
      >
        <Stripes id={id} />
        {steps.map((one, index) => (
          <Bar key={one.at.getTime()} step={one} index={index} most={most} stripes={id} />
        ))}
      </svg>
      <p aria-hidden="true" className="flex justify-between text-xs text-muted tabular-nums">
        {[steps[0], steps[Math.floor(steps.length / 2)], steps.at(-1)].map((one) =>
          one ? <span key={one.at.getTime()}>{label(one, span)}</span> : null,
        )}
      </p>
      <Legend id={id} valid={valid} refused={all - valid} />
      <CallTable chart={chart} />
    </figure>
  );
}

/** Level stripes: they stay what they are however the drawing is stretched. */
function Stripes({ id }: { id: string }) {
  return (
    <defs>
      <pattern id={`${id}-refused`} width="4" height="6" patternUnits="userSpaceOnUse">
        <rect width="4" height="6" className="fill-danger-soft" />
        <rect width="4" height="3" className="fill-danger" />
      </pattern>
    </defs>
  );
}

type BarProps = { step: CallStep; index: number; most: number; stripes: string };

function Bar({ step: one, index, most, stripes }: BarProps) {
  const high = (calls: number) => (calls / most) * height;
  const [valid, all] = [validOf(one), allOf(one)];
  const place = { x: index * step.width + step.gap / 2, width: step.width - step.gap };
  if (all === 0) return null;
  return (
    <g>
      <rect {...place} y={height - high(valid)} height={high(valid)} className="fill-accent" />
      <rect
        {...place}
        y={height - high(all)}
        height={high(all - valid)}
        fill={`url(#${stripes}-refused)`}
      />
    </g>
  );
}

function Legend({ id, valid, refused }: { id: string; valid: number; refused: number }) {
  const sample = { width: 12, height: 12 };
  return (
    <p className="flex flex-wrap gap-x-4 tabular-nums">
      <span className="inline-flex items-center gap-1.5">
        <svg {...sample} aria-hidden="true">
          <rect {...sample} className="fill-accent" />
        </svg>
        {number(valid)} good
      </span>
      <span className="inline-flex items-center gap-1.5">
        <svg {...sample} aria-hidden="true">
          <rect {...sample} fill={`url(#${id}-refused)`} />
        </svg>
        {number(refused)} refused
      </span>
    </p>
  );
}

const number = (count: number) => count.toLocaleString('en');
const unit = (span: CallChart['span']) => (span === '24h' ? 'hour' : 'day');

function label({ at }: CallStep, span: CallChart['span']): string {
  const text = at.toISOString();
  return span === '24h' ? `${text.slice(11, 16)} UTC` : text.slice(0, 10);
}
