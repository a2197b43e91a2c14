/** Why Keydesk does not work on this database, in a sentence for the operator. */
export class DatabaseUnfitError extends Error {}
