import { Checkbox } from '@/components/checkbox';
import { RadioGroup } from '@/components/radio-group';
import { SelectField } from '@/components/select-field';
import { linkTerms } from '@/lib/keys/hand-over/link-terms';
import type { DeliveryChoices } from './delivery-choices';
import { deliveryLabels as labels } from './delivery-labels';
import { ProofField } from './proof-field';

const choices = [
  { value: 'show', label: labels.show },
  { value: 'link', label: labels.link },
];
const terms = linkTerms.map(({ value, label }) => ({ value, label }));

type Props = { replaces?: boolean; can: DeliveryChoices };

/**
 * Who sees the new secret first: the administrator, or its user by a link. The details of the link are shown
 * by a style while it is chosen, so that they need no JavaScript.
 */
export function DeliveryField({ replaces = false, can: { mail, signOn } }: Props) {
  return (
    <div className="group grid gap-2">
      <RadioGroup label={labels.title} name="delivery" options={choices} defaultValue="show" />
      <div className="hidden gap-3 rounded-md bg-sunken p-3 group-has-[[value=link]:checked]:grid">
        <p className="text-muted">
          {labels.linkHint} {replaces ? labels.oldStays : null}
        </p>
        <SelectField label={labels.term} name="linkTerm" defaultValue="24h" options={terms} />
        <ProofField signOn={signOn} />
        {mail ? (
          <Checkbox label={mail.label} name="linkMail" hint={mail.hint} defaultChecked={false} />
        ) : null}
      </div>
    </div>
  );
}
