import { componentLabels } from './component-labels';
import { RadioGroup } from './radio-group';

type Props = { label: string; name: string; defaultValue: 'yes' | 'no'; error?: string };

const answers = [
  { value: 'yes', label: componentLabels.yes },
  { value: 'no', label: componentLabels.no },
];

export function YesNo(props: Props) {
  return <RadioGroup {...props} options={answers} />;
}
