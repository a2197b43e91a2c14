/** The columns in the order of the file, or the reason why they cannot be read. */
export type CsvHeader<Column> = { columns: Column[] } | { problem: string };

const howToSeparate = 'Separate columns with commas, semicolons or tabs.';

/**
 * Reads the names of a header in any case and ignores empty columns at its end.
 *
 * @param unknown the message about a column that is not known
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

/** Cuts empty cells at the end, to as many cells as the header has columns. */
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
