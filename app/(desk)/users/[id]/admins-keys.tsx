import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { serviceKeysNotice } from '@/lib/keys/reserved-scopes';
import { userLabels } from '../user-labels';

/** In place of a question about service keys, which an operator may not answer: why, and the keys. */
export function AdminsKeys({ back, children }: { back: string; children: ReactNode }) {
  return (
    <>
      <Notice look="warn">{serviceKeysNotice}</Notice>
      {children}
      <div>
        <BackButton to={back}>{userLabels.close}</BackButton>
      </div>
    </>
  );
}
