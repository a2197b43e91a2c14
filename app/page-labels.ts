/** Texts that stand around all pages or in place of one. */
export const pageLabels = {
  product: 'Keydesk',
  notFound: 'Page not found',
  notFoundWhy:
    'The address may be wrong, the record may have been deleted, or your role may not let you see it.',
  toKeys: 'Go to API keys',
  failed: 'Something went wrong',
  databaseFailed: 'Keydesk could not show this page, because its database did not answer.',
  pageFailed: 'Keydesk could not show this page.',
  wholeOrNot:
    'If you were saving something, it was either saved completely or not at all. Check before trying again.',
  reference: (digest: string) => `Reference: ${digest}`,
  again: 'Try again',
} as const;
