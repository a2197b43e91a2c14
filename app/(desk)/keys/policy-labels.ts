/** Texts of the fields that limit a key, for a new one and for one that exists. */
export const policyLabels = {
  scopes: 'Scopes',
  scopesHint: 'What the key may do, separated by spaces or commas, such as reports:read.',
  expires: 'Expires',
  lifetimes: {
    never: 'Never',
    '30': 'In 30 days',
    '90': 'In 90 days',
    '365': 'In 365 days',
    date: 'On a date…',
  },
  until: (day: string) => `Until ${day}`,
  date: 'Date and time',
  dateHint: 'In UTC.',
  allowedAddresses: 'Allowed addresses',
  allowedAddressesHint:
    'IP addresses or networks allowed to use the key, such as 10.0.0.0/8. Leave empty for any.',
  rateLimit: 'Rate limit',
  rateLimitHint: 'Maximum number of calls. Leave empty for no limit.',
  rateWindow: 'Per',
  rateWindows: { '1': 'Second', '60': 'Minute', '3600': 'Hour' },
  metadata: 'Metadata',
  metadataHint:
    'A JSON object that your services get with each verification, such as {"plan": "gold"}. Do not put secrets here.',
} as const;
