export const revealRefusals = {
  'not-revealable': 'This key has been deleted or can no longer be revealed. Nothing was shown.',
  'too-many': (most: number) =>
    `You have revealed ${most} secrets in the last hour. Nothing was shown. Try again later.`,
  repeated:
    'This form has been sent before, and the secret was shown then. Open this page again to reveal it once more.',
  'not-recorded':
    'The reveal could not be recorded in the audit log, so nothing was shown. Try again later.',
  'key-missing':
    'KEY_ENCRYPTION_KEY lacks the version that encrypted this secret. Nothing can be shown.',
  damaged: 'The stored secret is damaged or belongs to another key. Nothing can be shown.',
} as const;
