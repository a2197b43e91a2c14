/**
 * Why a file cannot be imported at all, in a sentence for who sent it. Never holds a cell of it, but
 * for the name of a column.
 */
export class ImportFileError extends Error {}

export const brokenOff = 'The file did not arrive whole. Send it again.';
