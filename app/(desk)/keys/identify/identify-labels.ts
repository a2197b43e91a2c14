/** Texts about a key that somebody has found. */
export const identifyLabels = {
  title: 'Identify a key',
  wholeKey: 'Paste the whole key',
  hint: 'We look it up and do not store it.',
  identify: 'Identify',
  close: 'Close',
  back: 'Back to API keys',
  expected:
    'Paste it here to see whose it is. In an address it would be kept, so nothing was searched for.',
  belongsNowhere: 'It belongs in no address, so nothing was searched for.',
  identifyThis: 'Identify this key',
  switchOff: 'Switch off now',
  open: 'Open key',
  of: ' of ',
  named: (name: string) => ` (“${name}”)`,
  deleted: 'the key was deleted.',
  replaced: 'this secret has been replaced.',
  inactive: 'the key is switched off.',
  expired: 'the key has expired.',
  active: 'the key is active.',
  ownerDisabled: 'the key is active, but its owner is disabled.',
} as const;
