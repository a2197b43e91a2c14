'use client';

import { Button } from '@/components/button';
import { Notice } from '@/components/notice';

/** The second look before a secret that nobody copied is gone. */
export function LeaveQuestion({ onStay, onLeave }: { onStay: () => void; onLeave: () => void }) {
  return (
    <div className="grid gap-2">
      <Notice look="warn">This key cannot be shown again. Leave without copying it?</Notice>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={onStay}>
          Stay
        </Button>
        <Button look="danger" onClick={onLeave}>
          Leave without copying
        </Button>
      </div>
    </div>
  );
}
