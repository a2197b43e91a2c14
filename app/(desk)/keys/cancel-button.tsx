'use client';

import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { Button } from '@/components/button';

type Props = { back: string; onCancel?: () => void; children: ReactNode };

/** Closes the dialog, or leaves the page that stands in for it. */
export function CancelButton({ back, onCancel, children }: Props) {
  if (onCancel) return <Button onClick={onCancel}>{children}</Button>;
  return <BackButton to={back}>{children}</BackButton>;
}
