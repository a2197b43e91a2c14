/** What owners are told about changes of their own keys. Client-safe. */
export const ownKeyMessages = {
  over: 'You may not do this any more. Ask an administrator. Nothing was changed.',
  gone: 'You have no such key. Nothing was changed.',
  needsAdmin:
    'This key has scopes of Keydesk itself. Ask an administrator to change it. Nothing was changed.',
  waiting: 'This key waits to be collected. Ask an administrator to end that. Nothing was changed.',
  notAllowed: 'Only an administrator can regenerate keys here. Nothing was changed.',
  notActive: 'Only an active key can be regenerated. Ask an administrator. Nothing was changed.',
  changedMeanwhile: 'Somebody changed this key meanwhile. Nothing was changed.',
} as const;
