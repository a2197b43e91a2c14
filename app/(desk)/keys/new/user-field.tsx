'use client';

import type { ReactNode } from 'react';
import { SuggestedField, suggestionsFrom } from '@/components/suggested-field';
import { addKeyLabels } from './add-key-labels';

type Props = { defaultValue: string; keyOffer?: ReactNode };

/** Whose key it is: suggestions while typing, and free text. Work begins here. */
export function UserField(props: Props) {
  return (
    <SuggestedField
      {...props}
      label={addKeyLabels.user}
      name="user"
      autoFocus
      suggest={(text) => suggestionsFrom('/users/suggestions', text)}
    />
  );
}
