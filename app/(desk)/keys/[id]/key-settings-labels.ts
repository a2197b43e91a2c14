const windows: Record<number, string> = { 1: 'second', 60: 'minute', 3600: 'hour' };

/** Texts of the settings of one key; its fields have theirs in `policy-labels.ts`. */
export const keySettingsLabels = {
  title: 'Settings',
  form: 'Policy',
  save: 'Save',
  cancel: 'Cancel',
  name: 'Name',
  what: 'What it may do',
  howLong: 'How long',
  fromWhere: 'From where and how often',
  scopes: 'Scopes',
  metadata: 'Metadata',
  expires: 'Expires',
  allowedAddresses: 'Allowed addresses',
  rateLimit: 'Rate limit',
  none: 'None',
  any: 'Any',
  noLimit: 'No limit',
  rate: (calls: number, seconds: number | null) =>
    `${calls.toLocaleString('en')} per ${windows[seconds ?? 0] ?? `${seconds} s`}`,
} as const;
