import { componentLabels } from './component-labels';
import { Notice } from './notice';

/** In place of a list whose question took PostgreSQL too long. */
export function SlowSearch({ advice }: { advice: string }) {
  return (
    <Notice look="warn">
      {componentLabels.slow} {advice}
    </Notice>
  );
}
