const number = (count: number) => count.toLocaleString('en');

/** `3 minutes ago`. */
function ago(seconds: number): string {
  if (seconds < 60) return 'less than a minute ago';
  if (seconds < 3_600) return count(seconds / 60, 'minute');
  if (seconds < 86_400) return count(seconds / 3_600, 'hour');
  return count(seconds / 86_400, 'day');
}

function count(amount: number, unit: string): string {
  const whole = Math.floor(amount);
  return `${whole} ${unit}${whole === 1 ? '' : 's'} ago`;
}

/** Texts of the panel that is shown while two secrets of a key work. */
export const overlapLabels = {
  title: 'Old and new key both work',
  until: 'The old key works until',
  zone: 'UTC',
  unused: 'The old key has not been used.',
  silent: (seconds: number) => `The old key was not used for an hour: last used ${ago(seconds)}.`,
  used: (seconds: number) => `The old key was last used ${ago(seconds)}.`,
  key: 'Key',
  calls: 'Calls in 24 hours',
  addresses: 'Latest addresses',
  old: (version: number) => `Old (secret ${version})`,
  new: (version: number) => `New (secret ${version})`,
  stop: 'Stop the old key now',
  note: 'Up to 30 seconds old. Addresses as reported by your services.',
  number,
} as const;
