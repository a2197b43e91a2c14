import { Notice } from '@/components/notice';
import type { FormAction } from '@/lib/forms/form-state';
import type { HeldRun } from '@/lib/rules/find-held-run';
import { RuleForm } from '../rule-form';
import { idleLabels as labels } from '../rule-labels';

/** The rule has stopped itself, and asks. */
export function HeldKeys({ held, action }: { held: HeldRun; action: FormAction }) {
  const { id, due, active, allowed } = held;
  return (
    <Notice look="warn">
      <div className="grid gap-2">
        <p>{labels.held(due, active, allowed)}</p>
        <p>{labels.heldAbout}</p>
        <RuleForm
          action={action}
          fields={{ id, keys: due }}
          button={labels.allow(due)}
          look="danger"
        />
      </div>
    </Notice>
  );
}
