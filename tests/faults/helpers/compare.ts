/** Trimmed from each end of the sorted samples, because outliers come from other load on the machine. */
const cut = 0.2;

export type Comparison = { t: number; difference: number; error: number };

/**
 * Welch's t of trimmed means with winsorized variances (Yuen 1974). The plain variance after trimming would
 * be too small and raise false alarms.
 */
export function compare(one: number[], other: number[]): Comparison {
  const [a, b] = [summary(one), summary(other)];
  const difference = a.mean - b.mean;
  const error = Math.sqrt(a.error + b.error);
  return { t: difference / error, difference, error };
}

function summary(samples: number[]): { mean: number; error: number } {
  const sorted = [...samples].sort((a, b) => a - b);
  const off = Math.floor(sorted.length * cut);
  const kept = sorted.slice(off, sorted.length - off);
  const [lowest = 0, highest = 0] = [kept[0], kept.at(-1)];
  const clamped = sorted.map((value) => Math.min(highest, Math.max(lowest, value)));
  const squares = squaresOf(clamped);
  return { mean: meanOf(kept), error: squares / (kept.length * (kept.length - 1)) };
}

function meanOf(values: number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squaresOf(values: number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}
