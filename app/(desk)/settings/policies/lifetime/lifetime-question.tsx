import type { ReactNode } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/text-field';
import { lifetimeLabels as labels } from '../rule-labels';

type Props = { path: string; value: string; error: string | undefined; children: ReactNode };

/** From which day on keys may end; the answer stands below. */
export function LifetimeQuestion({ path, value, error, children }: Props) {
  return (
    <>
      <form action={path} className="panel grid gap-4 p-4">
        <TextField
          label={labels.until}
          name="until"
          type="date"
          hint={labels.untilHint}
          defaultValue={value}
          {...(error && { error })}
        />
        <div>
          <Button type="submit">{labels.show}</Button>
        </div>
      </form>
      {children}
    </>
  );
}
