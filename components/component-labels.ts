/** Texts of components that are used by all features. */
export const componentLabels = {
  breadcrumb: 'Breadcrumb',
  yes: 'Yes',
  no: 'No',
  copy: 'Copy',
  copied: 'Copied',
  copyFailed: 'Copying failed. Select the text and copy it by hand.',
  leading: 'Taking you to your sign-in provider.',
  lead: 'Continue',
} as const;
