/** Texts of the pages on which people see their own keys. */
export const meLabels = {
  title: 'My keys',
  product: 'Keydesk',
  skip: 'Skip to content',
  main: 'Main',
  desk: 'API keys',
  nouns: ['key', 'keys'],
  report: 'My keys',
  columns: {
    key: 'API Key',
    name: 'Name',
    status: 'Status',
    used: 'Last used',
    day: 'In 24 hours',
    week: 'In 7 days',
    expires: 'Expires',
  },
  none: '–',
  empty: 'You have no keys.',
  emptyWhy: 'An administrator of this Keydesk makes keys. Ask them for one.',
  page: 'My key',
  facts: 'What it may do',
  created: 'Created',
  secret: 'Secret from',
  scopes: 'Scopes',
  noScopes: 'None',
  allowedAddresses: 'Allowed addresses',
  any: 'Any',
  rateLimit: 'Rate limit',
  noLimit: 'No limit',
  regenerate: 'Regenerate',
  switchOff: 'Switch off',
  switchedOff: 'This key is switched off. Only an administrator can switch it on again.',
  isService:
    'This key has scopes of Keydesk itself. Ask an administrator to change it or to switch it off.',
  isWaiting: 'This key waits to be collected with the link that an administrator made.',
  isExpired: 'This key has expired. Ask an administrator for a later end or a new key.',
  noRegenerate: 'Ask an administrator for a new secret.',
  switchOffPage: 'Switch off my key',
  switchOffTitle: 'Switch this key off?',
  willStop: '{} is refused from then on. Only an administrator can switch it on again.',
  regeneratePage: 'Regenerate my key',
  regenerateTitle: 'Regenerate this key?',
  ok: 'OK',
  cancel: 'Cancel',
} as const;

/** What is said with a new secret. */
export const regeneratedText = (oldStopsAt: Date | null) =>
  oldStopsAt
    ? `Your new key. The old one works until ${oldStopsAt.toISOString().slice(0, 16).replace('T', ' ')} UTC.`
    : 'Your new key. The old one no longer works.';
