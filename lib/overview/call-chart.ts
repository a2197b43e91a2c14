/** How far back a chart of calls goes. Client-safe. */
export const callSpans = ['24h', '7d', '30d'] as const;
export type CallSpan = (typeof callSpans)[number];

/** Length of a step, and how many of them make the span. */
export const spanSteps: Record<CallSpan, { hours: number; steps: number }> = {
  '24h': { hours: 1, steps: 24 },
  '7d': { hours: 6, steps: 28 },
  '30d': { hours: 24, steps: 30 },
};

export type CallStep = { at: Date; codes: Record<string, number> };

/** Calls by step and outcome, oldest step first, empty steps included, the last one under way. */
export type CallChart = { span: CallSpan; steps: CallStep[] };

export const validOf = ({ codes }: CallStep) => codes.VALID ?? 0;
export const allOf = ({ codes }: CallStep) => sum(Object.values(codes));
export const refusedOf = (step: CallStep) => allOf(step) - validOf(step);

export const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

/** Calls over the whole chart, and how many of them were refused. */
export const callsOf = ({ steps }: CallChart) => ({
  calls: sum(steps.map(allOf)),
  refused: sum(steps.map(refusedOf)),
});

/** How often each outcome occurs: good calls first, then by name. */
export function codesOf(steps: CallStep[]): [code: string, calls: number][] {
  const found = new Set(steps.flatMap(({ codes }) => Object.keys(codes)));
  const refused = [...found].filter((code) => code !== 'VALID').sort();
  return (found.has('VALID') ? ['VALID', ...refused] : refused).map((code) => [
    code,
    sum(steps.map(({ codes }) => codes[code] ?? 0)),
  ]);
}
