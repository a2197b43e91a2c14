import { dayText } from '@/components/day-text';
import { TitledSection } from '@/components/titled-section';
import type { FormAction } from '@/lib/forms/form-state';
import type { IdlePreview } from '@/lib/rules/preview-idle-rule';
import { RuleForm } from '../rule-form';
import { idleLabels as labels } from '../rule-labels';

type Props = {
  preview: IdlePreview;
  /** The days of the rule as it is; null while it is off. */
  current: number | null;
  action: FormAction;
};

/** How many keys the rule would concern, and when, before anybody turns it on. */
export function IdlePreviewPanel({ preview, current, action }: Props) {
  const { days } = preview;
  return (
    <TitledSection id="preview" title={labels.preview(days)}>
      <div className="panel grid gap-3 p-4">
        <ul className="grid list-disc gap-1 pl-5">
          {saidOf(preview).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        {current === days ? (
          <p className="font-medium">{labels.isSo(days)}</p>
        ) : (
          <RuleForm
            action={action}
            fields={{ idleDays: days }}
            button={current === null ? labels.turnOn : labels.change(days)}
            look="primary"
          />
        )}
      </div>
    </TitledSection>
  );
}

function saidOf(preview: IdlePreview): string[] {
  const { days, unused, ruled, firstDay, noticeDays, unreached, serviceKeys, allowed } = preview;
  const [first = '', last = ''] = noticeDays.map(dayText);
  return [
    labels.unused(unused, ruled, days),
    labels.firstDay(dayText(firstDay), days),
    unreached === null ? labels.toldNobody : labels.told(first, last),
    ...(unreached ? [labels.unreached(unreached)] : []),
    ...(serviceKeys > 0 ? [labels.leftAlone(serviceKeys)] : []),
    ...(unused > allowed ? [labels.tooMany(allowed)] : []),
  ];
}
