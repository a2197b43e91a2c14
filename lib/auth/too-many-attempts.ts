/** The throttle's message, at sign-in and for re-authentication. */
export const tooManyAttempts = (seconds: number) =>
  `Too many failed attempts. Try again in ${inWords(seconds)}.`;

function inWords(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? '1 second' : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 90) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  return `${Math.ceil(minutes / 60)} hours`;
}
