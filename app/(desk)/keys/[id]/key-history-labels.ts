export const keyHistoryLabels = {
  title: 'History',
  none: 'Nothing has been recorded of this key yet.',
  all: 'All events of this user’s keys',
} as const;
