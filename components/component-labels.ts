/** Texts of components that are used by all features. */
export const componentLabels = {
  breadcrumb: 'Breadcrumb',
} as const;
