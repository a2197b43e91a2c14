const count = (keys: number) => (keys === 1 ? '1 key' : `${keys.toLocaleString('en')} keys`);

/** Texts of the question whether a user is to be deleted. */
export const deleteLabels = {
  page: 'Delete user',
  question: 'Do you want to delete this record?',
  willBe: 'will be deleted; the username can be reused.',
  hasKeys: (keys: number) => `has ${count(keys)}. Nothing was deleted.`,
  hasServices: (services: number) =>
    `is now responsible for ${services === 1 ? '1 service' : `${services.toLocaleString('en')} services`}. Nothing was deleted.`,
  continue: (keys: number) => `Delete their ${count(keys)} as well to continue.`,
  stopsAtOnce: 'Deleted keys stop working immediately.',
  alsoKeys: (keys: number) => `Also delete their ${count(keys)}`,
  upToDate: 'Up to 30 seconds old.',
  ok: 'OK',
  cancel: 'Cancel',
  close: 'Close',
  gone: 'This record had already been deleted.',
} as const;
