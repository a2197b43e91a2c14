/** Whether the caller meant a record with this tag. Undefined if the caller set no condition. */
export type Match = ((tag: string) => boolean) | undefined;

/** The record is not as the caller knew it. Nothing was changed. */
export class StaleError extends Error {
  constructor(readonly tag: string) {
    super('The record has changed.');
  }
}

/** @throws StaleError if the caller did not mean the locked record, whose tag this is */
export function requireMatch(tag: string, match: Match): void {
  if (match && !match(tag)) throw new StaleError(tag);
}
