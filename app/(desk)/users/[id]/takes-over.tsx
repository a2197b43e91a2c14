'use client';

import { Combobox } from '@/components/combobox';
import { userLabels as labels } from '../user-labels';

type Props = {
  services: number;
  /** Whether the policy demands somebody. */
  isRequired: boolean;
};

/** Asks who takes over the services of a person who leaves. It sends the number that it names. */
export function TakesOver({ services, isRequired }: Props) {
  if (services === 0) return null;
  return (
    <div className="panel grid max-w-xl gap-2 p-4">
      <p>{labels.leavesServices(services)}</p>
      <input type="hidden" name="services" value={services} />
      <Combobox
        label={labels.takesOver}
        name="responsible"
        hint={isRequired ? labels.takesOverRequired : labels.takesOverHint}
        from="/users/suggestions"
      />
    </div>
  );
}
