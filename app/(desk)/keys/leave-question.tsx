'use client';

import { Button } from '@/components/button';
import { Notice } from '@/components/notice';

type Props = { text: string; onStay: () => void; onLeave: () => void };

/** The second look before a secret that nobody copied is gone. */
export function LeaveQuestion({ text, onStay, onLeave }: Props) {
  return (
    <div className="grid gap-2">
      <Notice look="warn">{text}</Notice>
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
