export const noticeLabels = {
  intro:
    'Notices are sent before keys expire, and when something needs attention, such as a deleted key that is still in use. A webhook can also receive what the audit records. Nothing that is sent contains a secret.',
  webhooks: 'Webhooks',
  noWebhooks: 'No webhooks yet.',
  mail: 'Email',
  mailOff: 'Email is off. To turn it on, set SMTP_URL and SMTP_FROM.',
  deliveries: 'Latest deliveries',
  url: 'URL',
  urlHint: 'Messages are POSTed here, signed with a secret that you will see once.',
  masked: 'Confirm that it is you to see the whole address.',
  addWebhook: 'Add webhook',
  status: 'Status',
  lastDelivery: 'Last delivery',
  noneYet: 'None yet',
  actions: 'Actions',
  change: 'Change',
  changeOf: (url: string) => `Change ${url}`,
  on: 'On',
  off: 'Off',
  offRefused: 'Off: answered 410',
  recipients: 'Recipients',
  recipientsHint: 'Email addresses, one on each line. Leave empty to send no email.',
  testMail: 'Send a test mail',
} as const;

export const typeLabels = {
  types: 'Types',
  /** Above the boxes in the form that adds a webhook. */
  summary: 'What is sent',
  column: 'Types',
  count: (count: number, all: number) => (count === all ? 'All' : `${count} of ${all}`),
  title: 'What is sent',
  all: 'All types, also those of later versions',
  groups: {
    all: 'Everything',
    notices: 'Notices',
    keys: 'Keys',
    users: 'Users',
    settings: 'Administrators and settings',
    signIns: 'Sign-ins and own accounts',
  },
} as const;

export const deliveryLabels = {
  none: 'Nothing sent yet.',
  kept: 'Deliveries are kept for 30 days.',
  newest: (count: number) => `The newest ${count} deliveries.`,
  time: 'Time',
  notice: 'Notice',
  to: 'To',
  result: 'Result',
  tries: 'Attempts',
  nextTry: 'Next attempt',
  noNextTry: 'None',
  delivered: 'Delivered',
  waiting: 'Waiting',
  failed: 'Failed',
  milliseconds: (count: number) => `${count.toLocaleString('en')} ms`,
} as const;

export const webhookLabels = {
  title: 'Webhook',
  added: 'Added',
  oldSecret: 'Old secret',
  oldSecretUntil: 'Also signs until {}',
  test: 'Send a test',
  testHint: 'Sends a test notice now and shows the answer.',
  switchOff: 'Switch off',
  switchOffHint: 'No notices are sent while the webhook is off.',
  switchOn: 'Switch on',
  switchOnHint: 'New notices are sent again.',
  newSecret: 'New secret',
  newSecretHint: 'Replaces the signing secret. The old one also signs for 24 hours.',
  delete: 'Delete',
  deleteHint: 'Removes the webhook, its secret and its deliveries.',
  deleteTitle: 'Delete webhook',
  question: 'Do you want to delete this webhook?',
  consequence: 'Nothing more is sent to {}. Its signing secret and deliveries are deleted.',
  ok: 'OK',
  close: 'Close',
  signingSecret: 'Signing secret',
  copied: 'I have copied it',
} as const;

/** What the forms of the notices are told. */
export const noticeMessages = {
  gone: 'This webhook was deleted. Nothing was changed.',
  added: 'The webhook was added and is on.',
  secretHint:
    'Your receiver uses it to check that a notice comes from Keydesk. You will not be able to see it again.',
  exists: 'This webhook was already added. If you did not copy its signing secret, make a new one.',
  tooMany: (most: number) => `You cannot have more than ${most} webhooks.`,
  on: 'The webhook is on.',
  off: 'The webhook is off.',
  chosen: 'Saved. The webhook receives these types from now on.',
  renewed: 'This is the new signing secret. The old one also signs for 24 hours.',
  deleted: 'The webhook was deleted.',
  wasDeleted: 'This webhook had already been deleted.',
  testFailed: (problem: string, duration: string) =>
    `The test did not arrive. ${problem} (${duration})`,
  testArrived: (status: number | null, duration: string) =>
    `The test arrived: ${status} after ${duration}.`,
  noRecipients: 'Nobody receives notices by email.',
  mailSent: (count: number) =>
    count === 1 ? 'The test mail was sent.' : `${count} test mails were sent.`,
} as const;
