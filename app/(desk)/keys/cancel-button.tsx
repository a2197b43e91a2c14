'use client';

import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';

type Props = {
  back: string;
  onCancel?: () => void;
  children: ReactNode;
  /** Has the focus when the dialog opens: what it asks would hurt somebody. */
  isFirst?: boolean;
};

/** Closes the dialog, or leaves the page that stands in for it. */
export function CancelButton({ back, onCancel, isFirst, children }: Props) {
  if (onCancel) {
    return (
      <Button onClick={onCancel} data-first={isFirst || undefined}>
        {children}
      </Button>
    );
  }
  return <BackButton to={back}>{children}</BackButton>;
}
