import { CheckboxGroups } from '@/components/checkbox-groups';
import { allTypes, typeGroups } from '@/lib/notices/chosen-types';
import { messageTypes } from '@/lib/notices/messages';
import { typeLabels as labels } from './notice-labels';

/** Which notices and events a webhook receives. */
export function TypeFields({ chosen }: { chosen: readonly string[] }) {
  const all = { legend: labels.groups.all, options: [{ value: allTypes, label: labels.all }] };
  const single = typeGroups.map(({ group, types }) => ({
    legend: labels.groups[group],
    options: types.map((type) => ({ value: type, label: messageTypes[type] })),
  }));
  return (
    <CheckboxGroups label={labels.types} name="types" groups={[all, ...single]} chosen={chosen} />
  );
}
