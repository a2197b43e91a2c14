/** Texts of components that are used by all features. */
export const componentLabels = {
  breadcrumb: 'Breadcrumb',
  leading: 'Taking you to your sign-in provider.',
  lead: 'Continue',
} as const;
