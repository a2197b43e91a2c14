import 'server-only';

/**
 * What `work` comes to, or what `late` says after so many milliseconds, whatever the work does by then.
 * The signal tells it to let go of what it holds; what it says afterwards is not heard.
 */
export function settleWithin<Result>(
  milliseconds: number,
  work: (signal: AbortSignal) => Promise<Result>,
  late: () => Result,
): Promise<Result> {
  const deadline = new AbortController();
  const over = new Promise<void>((resolve) => {
    setTimeout(() => {
      deadline.abort();
      resolve();
    }, milliseconds).unref();
  });
  return Promise.race([work(deadline.signal), over.then(late)]);
}
