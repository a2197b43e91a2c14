import type { ComponentProps } from 'react';
import { type FormState, typedValue } from '@/lib/form-state';
import { Button } from './button';

type Props = Pick<ComponentProps<typeof Button>, 'form' | 'pending'> & {
  state: FormState<unknown>;
};

/** "Save", which after a warning of a look-alike says that it is meant. */
export function SaveButton({ state, ...props }: Props) {
  return (
    <Button type="submit" look="primary" {...props}>
      {typedValue(state, 'lookalike') ? 'Save anyway' : 'Save'}
    </Button>
  );
}
