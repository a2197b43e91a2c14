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
} as const;
