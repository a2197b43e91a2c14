/** Which column stands where, or why that cannot be told. */
export type CsvHeader<Column> = { columns: Column[] } | { problem: string };

const howToSeparate = 'Separate columns with commas, semicolons or tabs.';

/**
 * Reads the names of a header in any case; empty columns at its end are not there.
 *
 * @param unknown what to say of a column that is not known
 */
export function readCsvHeader<Column extends string>(
  cells: string[],
  known: readonly Column[],
  unknown: (number: number, name: string) => string,
): CsvHeader<Column> {
  const names = trimmedTo(cells, 1).map((cell) => cell.trim().toLowerCase());
  const isKnown = (name: string): name is Column => (known as readonly string[]).includes(name);
  for (const [index, name] of names.entries()) {
    if (name === '') return { problem: `Column ${index + 1} of the header has no name.` };
    if (!isKnown(name)) {
      const problem = unknown(index + 1, cells[index]?.trim() ?? '');
      return { problem: names.length === 1 ? `${problem} ${howToSeparate}` : problem };
    }
    if (names.indexOf(name) < index) return { problem: `The column "${name}" is there twice.` };
  }
  return { columns: names.filter(isKnown) };
}

/** As many cells as the header has columns; empty ones at the end are not there. */
export function fitToHeader(
  cells: string[],
  columns: number,
): { cells: string[]; problem: string | null } {
  const trimmed = trimmedTo(cells, columns);
  const values = trimmed.length === 1 ? 'value' : 'values';
  return {
    cells: trimmed,
    problem:
      trimmed.length === columns
        ? null
        : `This line has ${trimmed.length} ${values}, the header ${columns}.`,
  };
}

function trimmedTo(cells: string[], least: number): string[] {
  let { length } = cells;
  while (length > least && cells[length - 1]?.trim() === '') length -= 1;
  return length === cells.length ? cells : cells.slice(0, length);
}
