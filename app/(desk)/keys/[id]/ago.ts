/** How long ago, for people: `3 minutes ago`. Client-safe. */
export function ago(seconds: number): string {
  if (seconds < 60) return 'less than a minute ago';
  if (seconds < 3_600) return count(seconds / 60, 'minute');
  if (seconds < 86_400) return count(seconds / 3_600, 'hour');
  return count(seconds / 86_400, 'day');
}

function count(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}
