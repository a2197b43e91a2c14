export const columns = [
  'username',
  'name',
  'status',
  'created',
  'expires',
  'scopes',
  'secret',
  'sha256',
] as const;
export type Column = (typeof columns)[number];

/**
 * Which column stands where. What a header says that is not known is not repeated: a file without one
 * begins with a key.
 */
export function readHeader(cells: string[]): { columns: Column[] } | { problem: string } {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  for (const [index, name] of names.entries()) {
    if (!isColumn(name)) return { problem: unknownColumn(index + 1, name) };
    if (names.indexOf(name) < index) return { problem: `The column "${name}" is there twice.` };
  }
  if (!names.includes('username')) return { problem: 'The header has no column "username".' };
  if (!names.includes('secret') && !names.includes('sha256')) {
    return { problem: 'The header has neither a column "secret" nor "sha256".' };
  }
  return { columns: names.filter(isColumn) };
}

function isColumn(name: string): name is Column {
  return (columns as readonly string[]).includes(name);
}

function unknownColumn(number: number, name: string): string {
  const separators = /[;\t]/.test(name) ? ' Separate columns with commas.' : '';
  return `Column ${number} of the header is unknown. The first line must name the columns: ${columns.join(', ')}.${separators}`;
}
