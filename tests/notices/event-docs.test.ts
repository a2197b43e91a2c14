import { readFileSync } from 'node:fs';
import { auditActions } from '@/lib/audit/audit-actions';
import { typeGroups } from '@/lib/notices/chosen-types';

/** The rows of the tables, in order. */
function documented(): [string, string][] {
  const types = readFileSync('docs/event-types.md', 'utf8');
  return [...types.matchAll(/^\| `([^`]+)` \| (.+) \|$/gm)].map(([, type = '', label = '']) => [
    type,
    label,
  ]);
}

test('docs/event-types.md lists every type with its label, in the order of the screen', () => {
  const labels: Record<string, string> = auditActions;
  const shown = typeGroups
    .filter(({ group }) => group !== 'notices')
    .flatMap(({ types }) => types.map((type) => [type, labels[type] ?? '']));
  expect(documented()).toEqual(shown);
});
