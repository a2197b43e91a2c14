import 'server-only';
import type { MessagePort } from 'node:worker_threads';
import { settleWithin } from '@/lib/network/deadline';
import type { ThreadNews, ThreadOrder } from './thread-messages';

/** Milliseconds. A busy thread answers late, and a scrape must not fail because of it. */
const patience = 1_000;

/**
 * Asks the main thread for its metrics. Scrapes at the same time share the question. While that thread does not
 * answer, its last answer counts, so that no counter goes back.
 */
export function askPageMetrics(main: MessagePort): () => Promise<string> {
  let last = '';
  let asked: Promise<string> | undefined;
  let told: ((text: string) => void) | undefined;
  main.on('message', (order: ThreadOrder) => {
    if (typeof order === 'object') told?.(order.pageMetrics);
  });
  async function ask() {
    main.postMessage({ type: 'page-metrics-wanted' } satisfies ThreadNews);
    const answered = new Promise<string>((resolve) => {
      told = resolve;
    });
    last = await settleWithin(
      patience,
      () => answered,
      () => last,
    );
    asked = undefined;
    return last;
  }
  return () => {
    asked ??= ask();
    return asked;
  };
}
