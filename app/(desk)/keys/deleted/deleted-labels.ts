/** Texts of the deleted keys. */
export const deletedLabels = {
  title: 'Deleted API keys',
  list: 'Deleted',
  back: 'Back to API keys',
  about: (days: number) =>
    `Admins can restore a key for ${days} days. After that only its owner’s name is kept.`,
  none: 'No deleted API keys.',
  noneHint: (days: number) => `Deleted keys appear here for ${days} days.`,
  columns: {
    username: 'Username',
    apiKey: 'API Key',
    name: 'Name',
    deleted: 'Deleted',
    actions: 'Actions',
  },
  noName: '–',
  ownerDeleted: 'owner deleted',
  restore: 'Restore',
} as const;
