import { RadioGroup } from '@/components/radio-group';
import { deliveryLabels as labels } from './delivery-labels';
import type { SignOnChoice } from './sign-on-choice';

const usual = [
  { value: 'none', label: labels.noProof },
  { value: 'code', label: labels.code },
];

/** What a link asks for besides itself. What a choice means is shown by a style while it is chosen. */
export function ProofField({ signOn }: { signOn: SignOnChoice | null }) {
  const options = signOn ? [...usual, { value: 'sign-on', label: signOn.label }] : usual;
  return (
    <div className="group/proof grid gap-1">
      <RadioGroup label={labels.proof} name="linkProof" options={options} defaultValue="none" />
      <p className="hidden text-muted group-has-[[value=code]:checked]/proof:block">
        {labels.codeHint}
      </p>
      {signOn ? (
        <p className="hidden text-muted group-has-[[value=sign-on]:checked]/proof:block">
          {signOn.hint}
        </p>
      ) : null}
    </div>
  );
}
