'use client';

import type { ReactNode } from 'react';
import { usePostedForm } from '@/components/posting/form-scope';
import type { PostedForm } from '@/components/posting/use-form-action';
import type { CreatedKey } from '../../keys/issued-secret';
import { RevealedKey } from '../../keys/revealed-key';

/** The key that the form around has made, in place of the form. */
export function IssuedInstead({ children }: { children: ReactNode }) {
  const { state } = usePostedForm() as PostedForm<CreatedKey>;
  if (state.status !== 'done') return children;
  return (
    <div className="panel max-w-2xl p-4">
      <RevealedKey issued={state.data} back="/settings/service-keys" showsUse />
    </div>
  );
}
