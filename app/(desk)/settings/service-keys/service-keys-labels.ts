import type { ServiceScope } from '@/lib/keys/scope';

/** Texts of Settings, "Service keys". */
export const serviceKeysLabels = {
  what: 'A service or gateway shows Keydesk a service key when it asks whether a caller’s key is good, and when it manages keys or users.',
  add: 'Add service key',
  owner: 'Owner',
  ownerHint: 'The service or gateway that will use the key, as a user of the directory.',
  name: 'Name',
  nameHint: 'Optional: where the key is used.',
  rights: 'Rights',
  rightsHint: 'No right includes another. Give a service only what it needs.',
  chooseRight: 'Choose at least one right.',
  onlyAdmins: 'Only an admin can add service keys.',
  list: 'Service keys in use',
  none: 'No service keys yet.',
  more: 'These are the newest 200.',
  columns: {
    owner: 'Owner',
    key: 'API Key',
    name: 'Name',
    rights: 'Rights',
    used: 'Last used',
    status: 'Status',
  },
} as const;

/** What each right lets a service do. */
export const rightLabels: Record<ServiceScope, string> = {
  'keydesk:verify': 'Ask whether keys are good',
  'keydesk:keys.read': 'Read keys',
  'keydesk:keys.write': 'Create, change, regenerate, switch off and delete keys',
  'keydesk:keys.widen': 'Let existing keys do more: switch on, restore, transfer, extend',
  'keydesk:users.read': 'Read users',
  'keydesk:users.write': 'Add, change, disable and delete users',
  'keydesk:audit.read': 'Read the audit',
  'keydesk:leaks.write': 'Report leaked keys',
};

export const retiredRight = 'no longer used';
export const unusedRight = 'gives nothing';

/** Texts of the address of the verification API. */
export const addressLabels = {
  title: 'How services ask',
  address: 'Address',
  alone: 'For services alone',
  management: 'Management API',
  description: 'OpenAPI description',
  port: (port: number) =>
    `Port ${port} of this server answers the same and serves no pages. Set VERIFY_URL to its public address to see it here.`,
  command: 'This asks for a service key and for the key in question, and prints the verdict:',
  askServiceKey: 'Service key',
  askKey: 'Key to verify',
  copy: 'Copy command',
} as const;
