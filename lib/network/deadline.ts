import 'server-only';

/**
 * The result of `work`, or of `late` if the work takes longer than `milliseconds`. The signal then tells the
 * work to release what it holds. Its later result is ignored.
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
