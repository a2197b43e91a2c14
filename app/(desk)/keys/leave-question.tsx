import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { issuedLabels } from './issued-labels';

type Props = { text: string; onStay: () => void; onLeave: () => void };

/** The second look before a secret that nobody copied is gone. */
export function LeaveQuestion({ text, onStay, onLeave }: Props) {
  return (
    <div className="grid gap-2">
      <Notice look="warn">{text}</Notice>
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={onStay}>
          {issuedLabels.stay}
        </Button>
        <Button look="danger" onClick={onLeave}>
          {issuedLabels.leaveNow}
        </Button>
      </div>
    </div>
  );
}
