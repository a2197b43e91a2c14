import { dayText } from '@/components/day-text';
import { TitledSection } from '@/components/titled-section';
import type { FormAction } from '@/lib/forms/form-state';
import type { LifetimePreview } from '@/lib/rules/preview-lifetimes';
import { RuleForm } from '../rule-form';
import { lifetimeLabels as labels } from '../rule-labels';

type Props = { preview: LifetimePreview; until: string; action: FormAction };

/** How many keys get another end, and when, before anybody decides it. */
export function LifetimePreviewPanel({ preview, until, action }: Props) {
  const { days, keys } = preview;
  return (
    <TitledSection id="preview" title={labels.preview(dayText(until))}>
      <div className="panel grid gap-3 p-4">
        <ul className="grid list-disc gap-1 pl-5">
          {saidOf(preview, dayText(until)).map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
        {keys > 0 ? (
          <RuleForm
            action={action}
            fields={{ until, days, keys }}
            button={labels.shorten(keys)}
            look="danger"
          />
        ) : null}
      </div>
    </TitledSection>
  );
}

function saidOf({ keys, onTheDay, lastEnd, serviceKeys }: LifetimePreview, day: string): string[] {
  const later = keys - onTheDay;
  const last = lastEnd ? dayText(lastEnd.toISOString().slice(0, 10)) : '';
  return [
    keys === 0 ? labels.nothing : labels.concerned(keys),
    ...(onTheDay > 0 ? [labels.onTheDay(onTheDay, day)] : []),
    ...(later > 0 ? [labels.later(later, last)] : []),
    ...(keys > 0 ? [labels.told] : []),
    ...(serviceKeys > 0 ? [labels.leftAlone(serviceKeys)] : []),
  ];
}
