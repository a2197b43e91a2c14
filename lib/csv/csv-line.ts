/**
 * What spreadsheets take for a formula, also behind blanks and in its full-width form, or for a way
 * into one.
 */
const formula = /^(?:\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n\0])/;

/**
 * A line of CSV (RFC 4180), with its end. A cell that a spreadsheet would calculate gets an apostrophe
 * before it; NUL, at which many readers stop, becomes the replacement character.
 */
export function csvLine(cells: readonly (string | number | null)[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(value: string | number | null): string {
  const text = typeof value === 'number' ? String(value) : (value ?? '');
  const safe = (formula.test(text) ? `'${text}` : text).replaceAll('\0', '\ufffd');
  return /[",\r\n]|^\s|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
