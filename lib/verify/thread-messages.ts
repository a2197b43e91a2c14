/** Message from the main thread to the one of the listener. */
export type ThreadOrder = 'leave' | 'close' | { pageMetrics: string };
/** Message from that thread to the main one. The first tells whether it listens. */
export type ThreadNews =
  | { type: 'listening' }
  | { type: 'refused'; code: string }
  | { type: 'page-metrics-wanted' };
