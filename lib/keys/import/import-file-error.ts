/**
 * Why a file cannot be imported at all, in a sentence for the person who sent it. It never contains a cell of
 * the file, except the name of a column.
 */
export class ImportFileError extends Error {}

export const brokenOff = 'The file did not arrive whole. Send it again.';
