import {
  allOf,
  type CallSpan,
  type CallStep,
  refusedOf,
  spanSteps,
} from '@/lib/overview/call-chart';

const number = (count: number) => count.toLocaleString('en');
const calls = (count: number) => `${number(count)} ${count === 1 ? 'call' : 'calls'}`;
const clock = (at: Date) => at.toISOString().slice(11, 16);
const day = (at: Date) =>
  at.toLocaleDateString('en-GB', { day: 'numeric', month: 'short', timeZone: 'UTC' });

const spans: Record<CallSpan, { name: string; title: string; per: string; step: string }> = {
  '24h': { name: '24 h', title: 'Calls in 24 hours', per: 'hour', step: 'Hour (UTC)' },
  '7d': { name: '7 d', title: 'Calls in 7 days', per: '6 hours', step: '6 hours (UTC)' },
  '30d': { name: '30 d', title: 'Calls in 30 days', per: 'day', step: 'Day (UTC)' },
};

/** When a step was: `14:00–15:00`, `24 Nov, 14:00–20:00`, `24 Nov`. */
function time({ at }: CallStep, span: CallSpan): string {
  if (span === '30d') return day(at);
  const end = new Date(at.getTime() + spanSteps[span].hours * 3_600_000);
  const hours = `${clock(at)}–${clock(end)}`;
  return span === '24h' ? hours : `${day(at)}, ${hours}`;
}

export const callChartLabels = {
  calls: 'Calls',
  range: 'Range',
  none: 'No calls.',
  soFar: 'so far',
  zone: 'Times are UTC.',
  asTable: 'Show as table',
  all: 'All',
  number,
  span: (span: CallSpan) => spans[span].name,
  spanTitle: (span: CallSpan) => spans[span].title,
  step: (span: CallSpan) => spans[span].step,
  time,
  /** Under the drawing, where a part of it begins. */
  begins: ({ at }: CallStep, span: CallSpan) => (span === '24h' ? clock(at) : day(at)),
  total: (count: number) => `${number(count)} total`,
  peak: (count: number, span: CallSpan) => `peak ${number(count)}/${spans[span].per}`,
  valid: (count: number) => `${number(count)} valid`,
  refused: (count: number) => `${number(count)} refused`,
  code: (code: string, count: number) => `${code} ${number(count)}`,
  /** `14:00–15:00: 61 calls, 2 refused`. */
  bar: (step: CallStep, span: CallSpan, isUnderWay: boolean) => {
    const refused = refusedOf(step);
    return `${time(step, span)}: ${calls(allOf(step))}${refused > 0 ? `, ${number(refused)} refused` : ''}${isUnderWay ? ', so far' : ''}`;
  },
  drawing: (span: CallSpan, all: number, refused: number) =>
    `${spans[span].title}: ${number(all)}, of which ${number(all - refused)} valid and ${number(refused)} refused`,
} as const;
