'use client';

import type { FormState } from '@/lib/forms/form-state';
import { componentLabels } from './component-labels';
import { usePostedForm } from './posting/form-scope';

/** Sends the browser to the address in the answer of the form around it, also without JavaScript. */
export function GoToProvider() {
  const state = usePostedForm().state as FormState<{ address: string }>;
  if (state.status !== 'done') return null;
  const { address } = state.data;
  return (
    <>
      <meta httpEquiv="refresh" content={`0; url=${address}`} />
      <p className="text-muted" role="status">
        {componentLabels.leading}{' '}
        <a href={address} className="text-accent underline">
          {componentLabels.lead}
        </a>
      </p>
    </>
  );
}
