import { Fact, Facts } from '@/components/fact';
import type { UseOfMany } from '@/lib/keys/use/use-of-many';
import { callWords, useLabels as labels } from './call-labels';

/** How many of several keys are in use, and how much. */
export function UseFacts({ use }: { use: UseOfMany }) {
  const { keys, usedInDay, usedInWeek, day } = use;
  return (
    <Facts>
      <Fact term={labels.inDay}>
        {labels.used(usedInDay, keys)}; {callWords(day)}
      </Fact>
      <Fact term={labels.inWeek}>{labels.used(usedInWeek, keys)}</Fact>
    </Facts>
  );
}
