import { Fact, Facts } from '@/components/fact';
import type { UseOfMany } from '@/lib/keys/use/use-of-many';
import { callWords } from './call-labels';

/** How many of several keys are in use, and how much. */
export function UseFacts({ use }: { use: UseOfMany }) {
  const { keys, usedInDay, usedInWeek, day } = use;
  return (
    <Facts>
      <Fact term="In 24 hours">
        {used(usedInDay, keys)}; {callWords(day)}
      </Fact>
      <Fact term="In 7 days">{used(usedInWeek, keys)}</Fact>
    </Facts>
  );
}

const used = (some: number, all: number) =>
  `${some.toLocaleString('en')} of ${all.toLocaleString('en')} ${all === 1 ? 'key' : 'keys'} used`;
