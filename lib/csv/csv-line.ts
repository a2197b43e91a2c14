/**
 * What spreadsheets treat as a formula, including after blanks and in full-width form, or as the start of
 * one. Leading apostrophes match too, so that {@link csvValue} can tell ours from others.
 */
const formula = /^'*(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0])/;

/**
 * A line of CSV (RFC 4180), with its line end. A cell that a spreadsheet would calculate gets a leading
 * apostrophe. NUL, where many readers stop, becomes the replacement character.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

/** The text of a cell without the apostrophe that {@link csvLine} added. */
export function csvValue(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}

function csvCell(value: string | number | null): string {
  const text = typeof value === 'number' ? String(value) : (value ?? '');
  const safe = (formula.test(text) ? `'${text}` : text).replaceAll('\0', '\ufffd');
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
