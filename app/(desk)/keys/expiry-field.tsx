import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import { lifetimes, presetDays } from '@/lib/keys/policy/policy-choices';
import { policyLabels } from './policy-labels';

const options = lifetimes.map((value) => ({ value, label: policyLabels.lifetimes[value] }));

const shownWhere = {
  '30': 'group-has-[option[value="30"]:checked]/expiry:block',
  '90': 'group-has-[option[value="90"]:checked]/expiry:block',
  '365': 'group-has-[option[value="365"]:checked]/expiry:block',
} as const;

/** When a key ends, as one question. What stands beside follows the choice by CSS alone. */
export function ExpiryField({ lifetime, expires }: { lifetime: string; expires: string }) {
  return (
    <div className="group/expiry grid items-start gap-4 sm:grid-cols-2">
      <SelectField
        label={policyLabels.expires}
        name="lifetime"
        options={options}
        defaultValue={lifetime}
      />
      <div className="group-has-[option[value=never]:checked]/expiry:hidden sm:pt-7">
        {presetDays.map((days) => (
          <p key={days} className={`hidden text-muted sm:pt-2 ${shownWhere[days]}`}>
            {policyLabels.until(dayAfter(Number(days)))}
          </p>
        ))}
        <div className="hidden group-has-[option[value=date]:checked]/expiry:block sm:-mt-7">
          <TextField
            label={policyLabels.date}
            name="expires"
            type="datetime-local"
            hint={policyLabels.dateHint}
            defaultValue={expires}
          />
        </div>
      </div>
    </div>
  );
}

const asDay = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const dayAfter = (days: number) => asDay.format(Date.now() + days * 86_400_000);
