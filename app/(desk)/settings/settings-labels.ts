/** The pages of the settings, as the list at their side and the breadcrumbs name them. */
export const settingsPages = {
  account: 'Account',
  security: 'Security',
  sessions: 'Sessions',
  administrators: 'Administrators',
  serviceKeys: 'Service keys',
  policies: 'Policies',
  notices: 'Notices',
} as const;

export const settingsLabels = {
  title: 'Settings',
  list: 'Settings pages',
  cancel: 'Cancel',
  save: 'Save',
  saved: 'Saved.',
} as const;

export const accountLabels = {
  you: 'You',
  signedInAs: 'Signed in as',
  role: 'Role',
  signsInWith: 'Signs in with',
  installation: 'This installation',
  version: 'Version',
  address: 'Public address',
  keyPrefix: 'Key prefix',
} as const;

/** What pages say about the re-authentication that their changes ask for. */
export const proofLabels = {
  looking: 'Before you change anything here, you will be asked to confirm that it is you.',
  confirm: 'Confirm it is you',
} as const;
