'use client';

import { useId } from 'react';
import { Checkbox } from '@/components/checkbox';
import { usePostedField } from '@/components/posting/form-scope';
import { SelectField } from '@/components/select-field';
import { linkTerms } from '@/lib/keys/hand-over/hand-over-input';
import { deliveryLabels as labels } from './delivery-labels';

/**
 * Who sees the new secret first: the administrator, or its user by a link. The details of the link are shown
 * by a style while it is chosen, so that they need no JavaScript.
 */
export function DeliveryField({ replaces = false }: { replaces?: boolean }) {
  const id = useId();
  const { value } = usePostedField('delivery', 'show');
  return (
    <div className="group grid gap-2">
      <div role="radiogroup" aria-labelledby={id} className="grid gap-1">
        <span id={id} className="font-medium">
          {labels.title}
        </span>
        <div className="flex flex-wrap gap-x-2">
          <Choice value="show" text={labels.show} checked={value !== 'link'} />
          <Choice value="link" text={labels.link} checked={value === 'link'} />
        </div>
      </div>
      <div className="hidden gap-3 rounded-md bg-sunken p-3 group-has-[[value=link]:checked]:grid">
        <p className="text-muted">
          {labels.linkHint} {replaces ? labels.oldStays : null}
        </p>
        <SelectField
          label={labels.term}
          name="linkTerm"
          defaultValue="24h"
          options={linkTerms.map(({ value: term, label }) => ({ value: term, label }))}
        />
        <Checkbox
          label={labels.code}
          name="linkCode"
          hint={labels.codeHint}
          defaultChecked={false}
        />
      </div>
    </div>
  );
}

type ChoiceProps = { value: 'show' | 'link'; text: string; checked: boolean };

function Choice({ value, text, checked }: ChoiceProps) {
  return (
    <label className="flex min-h-10 items-center gap-2 rounded-md pr-4">
      <input
        type="radio"
        name="delivery"
        value={value}
        defaultChecked={checked}
        className="size-4 accent-accent"
      />
      {text}
    </label>
  );
}
