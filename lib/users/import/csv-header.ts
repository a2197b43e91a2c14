export const columns = ['username', 'display_name', 'email', 'active'] as const;
export type Column = (typeof columns)[number];

/** Which column stands where. All but `username` may be missing; others than these may not be there. */
export function readHeader(cells: string[]): { columns: Column[] } | { problem: string } {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  for (const [index, name] of names.entries()) {
    if (!isColumn(name)) return { problem: unknownColumn(cells[index] ?? '') };
    if (names.indexOf(name) < index) return { problem: `The column "${name}" is there twice.` };
  }
  if (!names.includes('username')) return { problem: 'The header has no column "username".' };
  return { columns: names.filter(isColumn) };
}

function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}

function unknownColumn(name: string): string {
  const start = name.trim().slice(0, 60);
  const separators = /[;\t]/.test(name) ? ' Separate columns with commas.' : '';
  return `Unknown column "${start}" in the header. The first line must name the columns: ${columns.join(', ')}.${separators}`;
}
