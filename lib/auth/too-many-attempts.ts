/** What the throttle says, at sign-in and wherever a password is asked again. */
export const tooManyAttempts = (seconds: number) =>
  Number.isFinite(seconds)
    ? `Too many failed attempts. Try again in ${inWords(seconds)}.`
    : 'Too many failed attempts. The password is locked until an administrator sets a new one.';

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? '1 minute' : `${minutes} minutes`;
}
