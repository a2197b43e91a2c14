import { bulkFormId } from './bulk-form-id';

/** Belongs to the form below the report, in which many keys are changed at once. */
export function SelectKey({ id, username, hint }: { id: string; username: string; hint: string }) {
  return (
    <input
      type="checkbox"
      name="key"
      value={id}
      form={bulkFormId}
      autoComplete="off"
      aria-label={`Select ${hint} of ${username}`}
      className="size-4 accent-accent"
    />
  );
}
