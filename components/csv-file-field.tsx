import { type ChangeEventHandler, useId } from 'react';
import { controlClass, describedBy, FieldFrame } from './field';
import { importLabels } from './import-labels';

type Props = { error?: string | undefined; onChange?: ChangeEventHandler<HTMLInputElement> };

/** Where a CSV file is chosen, sent under the name `file`. */
export function CsvFileField({ error, onChange }: Props) {
  const id = useId();
  return (
    <FieldFrame id={id} label={importLabels.file} error={error}>
      <input
        {...describedBy(id, error)}
        id={id}
        name="file"
        type="file"
        accept=".csv,text/csv"
        required
        onChange={onChange}
        className={`${controlClass} py-1.5 file:mr-3 file:rounded file:border-0 file:bg-sunken file:px-3 file:py-1 file:font-medium file:text-ink`}
      />
    </FieldFrame>
  );
}
