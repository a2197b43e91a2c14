import { Button } from '@/components/button';
import type { AuditFilters } from '@/lib/audit/audit-input';
import { auditLabels as labels } from './audit-labels';

/** Sends the filters of the page along. A plain form: the answer is a file, not a page. */
export function ExportForm({ filters }: { filters: AuditFilters }) {
  return (
    <form method="post" action="/audit/export">
      {Object.entries(filters).map(([name, value]) =>
        value ? <input key={name} type="hidden" name={name} value={value} /> : null,
      )}
      <Button type="submit">{labels.export}</Button>
    </form>
  );
}
