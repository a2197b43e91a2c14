/** How far back a chart of calls goes. Client-safe. */
export type Span = '24h' | '30d';

export type CallStep = { at: Date; codes: Record<string, number> };

/** Calls by step and outcome, oldest step first, empty steps included. */
export type CallChart = { span: Span; steps: CallStep[] };

export const validOf = ({ codes }: CallStep) => codes.VALID ?? 0;
export const allOf = ({ codes }: CallStep) => sum(Object.values(codes));

export const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0);

/** The outcomes that occur, good calls first, then by name. */
export function codesOf(steps: CallStep[]): string[] {
  const found = new Set(steps.flatMap(({ codes }) => Object.keys(codes)));
  const refused = [...found].filter((code) => code !== 'VALID').sort();
  return found.has('VALID') ? ['VALID', ...refused] : refused;
}
