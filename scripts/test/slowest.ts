import type { Timed } from './results';

const most = 15;

/** The slowest first, one on each line. */
export function slowest(title: string, all: Timed[]): string {
  const chosen = all.toSorted((one, other) => other.seconds - one.seconds).slice(0, most);
  const lines = chosen.map(({ name, seconds }) => `${seconds.toFixed(1).padStart(7)} s  ${name}`);
  return [title, ...lines].join('\n');
}
