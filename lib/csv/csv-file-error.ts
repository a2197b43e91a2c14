/** Why a file cannot be read as CSV at all, in a sentence for the administrator who sent it. */
export class CsvFileError extends Error {}

/** What to do about it. Spreadsheets use these words in their menus. */
export const howToSave = 'Save it as CSV UTF-8.';
