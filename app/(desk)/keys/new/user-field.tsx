import type { ReactNode } from 'react';
import { SuggestedField, suggestionsFrom } from '@/components/suggested-field';

type Props = { defaultValue: string; error?: string; autoFocus: boolean; keyOffer?: ReactNode };

/** Whose key it is: suggestions while typing, and free text. */
export function UserField(props: Props) {
  return (
    // `autoFocus`: after "Save & add new" the next user is typed at once.
    <SuggestedField
      {...props}
      label="User"
      name="user"
      suggest={(text) => suggestionsFrom('/users/suggestions', text)}
    />
  );
}
