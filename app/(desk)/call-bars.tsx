import type { ReactNode } from 'react';
import {
  type CallChart,
  type CallStep,
  callsOf,
  refusedOf,
  validOf,
} from '@/lib/overview/call-chart';
import { callChartLabels as labels } from './call-chart-labels';

/** What one step takes of the drawing. Its height is that of `h-32`: a unit is a pixel. */
const step = { width: 10, gap: 2 };
const height = 128;
/** However few calls were refused, they can be seen. */
const leastRefused = 2;
const between = 1;

const stripes = { valid: 'stripes-valid', refused: 'stripes-refused' };

type Props = { chart: CallChart; most: number };

/** The drawing: its line on top is the highest bar, its last bar is still growing. */
export function CallBars({ chart, most }: Props) {
  const { span, steps } = chart;
  const { calls, refused } = callsOf(chart);
  return (
    <svg
      role="img"
      aria-label={labels.drawing(span, calls, refused)}
      viewBox={`0 0 ${steps.length * step.width} ${height}`}
      preserveAspectRatio="none"
      className="h-32 w-full border-t border-b border-t-line border-b-line-strong"
    >
      <defs>
        <Stripes id={stripes.valid} soft="fill-accent-soft" strong="fill-accent" />
        <Stripes id={stripes.refused} soft="fill-danger-soft" strong="fill-danger" />
      </defs>
      {steps.map((one, index) => {
        const isUnderWay = index === steps.length - 1;
        return (
          <g key={one.at.getTime()} className="group">
            <title>{labels.bar(one, span, isUnderWay)}</title>
            {/* The whole height is pointed at, not only the bar. */}
            <rect
              x={index * step.width}
              width={step.width}
              height={height}
              className="fill-transparent group-hover:fill-sunken"
            />
            <Bar
              step={one}
              x={index * step.width + step.gap / 2}
              most={most}
              isUnderWay={isUnderWay}
            />
          </g>
        );
      })}
    </svg>
  );
}

/** Level stripes: they stay what they are however the drawing is stretched. */
function Stripes({ id, soft, strong }: { id: string; soft: string; strong: string }) {
  return (
    <pattern id={id} width="4" height="4" patternUnits="userSpaceOnUse">
      <rect width="4" height="4" className={soft} />
      <rect width="4" height="2" className={strong} />
    </pattern>
  );
}

type BarProps = { step: CallStep; x: number; most: number; isUnderWay: boolean };

function Bar({ step: one, x, most, isUnderWay }: BarProps) {
  const high = (calls: number) => (calls / most) * height;
  const [valid, refused] = [validOf(one), refusedOf(one)];
  const place = { x, width: step.width - step.gap };
  const top = refused > 0 ? Math.max(leastRefused, high(refused)) : 0;
  const room = valid > 0 && top > 0 ? between : 0;
  const bottom = Math.min(high(valid), height - top - room);
  const look = (kind: keyof typeof stripes, solid: string) =>
    isUnderWay ? { fill: `url(#${stripes[kind]})` } : { className: solid };
  return (
    <>
      {valid > 0 ? (
        <rect {...place} y={height - bottom} height={bottom} {...look('valid', 'fill-accent')} />
      ) : null}
      {refused > 0 ? (
        <rect
          {...place}
          y={height - bottom - room - top}
          height={top}
          {...look('refused', 'fill-danger')}
        />
      ) : null}
    </>
  );
}

const sample = { width: 12, height: 12 };

/** A word of the legend beside what it looks like in the drawing. */
export function CallSample({
  className,
  stripes: isStriped,
  children,
}: {
  className?: string;
  stripes?: boolean;
  children: ReactNode;
}) {
  return (
    <span className="inline-flex flex-wrap items-center gap-x-1.5">
      <svg {...sample} aria-hidden="true">
        <rect
          {...sample}
          className={className}
          fill={isStriped ? `url(#${stripes.valid})` : undefined}
        />
      </svg>
      {children}
    </span>
  );
}
