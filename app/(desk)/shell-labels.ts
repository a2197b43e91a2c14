/** Texts of the shell around every page. */
export const shellLabels = {
  product: 'Keydesk',
  skip: 'Skip to content',
  main: 'Main',
  keys: 'API keys',
  overview: 'Overview',
  users: 'Users',
  audit: 'Audit',
  settings: 'Settings',
  signOut: 'Sign out',
  unsent: 'Your change has not been made yet. Check the form and send it again.',
} as const;
