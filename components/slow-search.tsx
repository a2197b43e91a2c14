import { listLabels } from './list-labels';
import { Notice } from './notice';

/** In place of a list whose question took PostgreSQL too long. */
export function SlowSearch({ advice }: { advice: string }) {
  return (
    <Notice look="warn">
      {listLabels.slow} {advice}
    </Notice>
  );
}
