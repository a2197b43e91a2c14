/** Why a file cannot be read as CSV at all, in a sentence for who sent it. */
export class CsvFileError extends Error {}

/** What to do about it, in the words of the spreadsheets. */
export const howToSave = 'Save it as CSV UTF-8.';
