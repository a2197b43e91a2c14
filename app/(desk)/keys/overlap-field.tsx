import { SelectField } from '@/components/select-field';
import { overlapChoices } from '@/lib/keys/overlap-choices';
import { regenerateLabels } from './regenerate-labels';

/** When the old secret stops: at once, unless somebody chooses otherwise. */
export function OverlapField() {
  return (
    <SelectField
      label={regenerateLabels.stops}
      name="stops"
      defaultValue="now"
      options={overlapChoices}
    />
  );
}
