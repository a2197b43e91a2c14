/** Texts of the rows: they travel to the browser. */
export const rowLabels = {
  statuses: { active: 'Active', inactive: 'Inactive', expired: 'Expired', waiting: 'Waiting' },
  ownerDisabled: 'Owner disabled',
  /** The name of the switch, whatever its state. */
  active: 'Active',
  noName: '–',
  select: (hint: string, username: string) => `Select ${hint} of ${username}`,
  edit: 'Edit',
  delete: 'Delete',
  reveal: 'Reveal',
  actions: 'Actions',
  adminOnly: 'Only an admin can change it.',
  /** Before the moment, on a card. */
  used: 'used',
  expires: 'expires',
} as const;
