import { SelectField } from '@/components/select-field';
import { overlapChoices } from '@/lib/keys/overlap-choices';

/** When the old secret stops: at once, unless somebody chooses otherwise. */
export function OverlapField({ defaultValue }: { defaultValue?: string }) {
  return (
    <SelectField
      label="The old key stops"
      name="stops"
      defaultValue={defaultValue ?? 'now'}
      options={overlapChoices}
    />
  );
}
