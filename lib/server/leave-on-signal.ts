import 'server-only';

/** Longest wait for answers in progress, in milliseconds. Orchestrators kill the process after 30 s. */
export const hardStop = 25_000;

/**
 * Ends the process by `drain`. On SIGTERM it first announces that it leaves, and keeps answering until load
 * balancers have noticed. Ctrl-C (SIGINT) skips that wait.
 */
export function leaveOnSignal(announce: () => Promise<void>, drain: () => Promise<never>): void {
  process.once('SIGTERM', () => {
    stopHard();
    void announce().then(drain);
  });
  process.once('SIGINT', () => {
    stopHard();
    void drain();
  });
}

function stopHard() {
  setTimeout(() => process.exit(0), hardStop).unref();
}
