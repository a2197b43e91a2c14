import { dayText } from '@/components/day-text';
import { TitledSection } from '@/components/titled-section';
import type { FormAction } from '@/lib/forms/form-state';
import type { StopDay } from '@/lib/rules/preview-idle-rule';
import { RuleForm } from '../rule-form';
import { idleLabels as labels } from '../rule-labels';

type Props = {
  /** Null while the rule is off. */
  days: number | null;
  since: string;
  /** Where they could not be read in time, `too-slow`. */
  next: StopDay[] | 'too-slow';
  action: FormAction;
};

/** Whether the rule is on, and what it does in the next days. */
export function RuleState({ days, since, next, action }: Props) {
  if (days === null) return <p className="font-medium">{labels.off}</p>;
  return (
    <>
      <div className="grid gap-2">
        <p className="font-medium">{labels.on(days, since)}</p>
        <RuleForm action={action} button={labels.turnOff} look="secondary" />
      </div>
      <TitledSection id="next" title={labels.next}>
        <NextDays next={next} />
      </TitledSection>
    </>
  );
}

function NextDays({ next }: Pick<Props, 'next'>) {
  if (next === 'too-slow') return <p>{labels.tooSlow}</p>;
  if (next.length === 0) return <p className="text-muted">{labels.nextNone}</p>;
  return (
    <>
      <p className="text-muted">{labels.nextAbout}</p>
      <StopDays days={next} />
    </>
  );
}

function StopDays({ days }: { days: StopDay[] }) {
  return (
    <table className="panel report">
      <thead>
        <tr>
          <th scope="col">{labels.day}</th>
          <th scope="col">{labels.keys}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, keys }) => (
          <tr key={day}>
            <th scope="row" data-label={labels.day} className="font-medium">
              {dayText(day)}
            </th>
            <td data-label={labels.keys} className="tabular-nums">
              {labels.number(keys)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
