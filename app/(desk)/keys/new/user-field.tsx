import type { ReactNode } from 'react';
import { Combobox } from '@/components/combobox';
import { addKeyLabels } from './add-key-labels';

type Props = { label?: string; hint?: string; defaultValue: string; keyOffer?: ReactNode };

/** Whose key it is: suggestions while typing, and free text. Work begins here. */
export function UserField({ label = addKeyLabels.user, ...props }: Props) {
  return <Combobox {...props} label={label} name="user" autoFocus from="/users/suggestions" />;
}
