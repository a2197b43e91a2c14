export const listFilterLabels = {
  ownerless: 'Keys of disabled users',
  'never-used': 'Active for over 30 days and never used',
  unused: 'Active and unused for 90 days',
  uncollected: 'Handed over, but not collected in time',
  violating: 'Active and outside policy',
  remove: 'Remove',
} as const;
