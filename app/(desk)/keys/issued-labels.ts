/** Texts beside a secret that is shown once. */
export const issuedLabels = {
  section: 'New API key',
  once: 'Copy it now. You will not be able to see it again.',
  onceRevealable: 'Copy it now. Only an admin can reveal it again, and must give a reason.',
  copied: 'I have copied it',
  another: (username: string) => `Add another for ${username}`,
  leave: 'You will not be able to see this key again. Leave without copying it?',
  leaveRevealable: 'Only an admin can reveal this key again. Leave without copying it?',
  stay: 'Stay',
  leaveNow: 'Leave without copying',
} as const;

/** Texts of "How to use it". */
export const usageLabels = {
  title: 'How to use it',
  call: 'A service asks Keydesk whether this key is good. The service needs a service key of its own, here in the variable SERVICE_KEY.',
  serviceCall:
    'This key may ask Keydesk whether keys are good. Run this as it stands: it asks about the key itself.',
  serviceKeys: 'Show service keys',
  copy: 'Copy command',
} as const;
