/** Texts about a key that somebody has found. */
export const identifyLabels = {
  title: 'Identify a key',
  wholeKey: 'Paste the whole key',
  hint: 'We look it up and do not store it.',
  linesHint: (most: number) =>
    `We look it up and do not store it. Several keys: one on each line, up to ${most.toLocaleString('en')}.`,
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
  inOverlap: 'this secret has been replaced, but still works for its overlap.',
  inactive: 'the key is switched off.',
  expired: 'the key has expired.',
  active: 'the key is active.',
  ownerDisabled: 'the key is active, but its owner is disabled.',
  lines: 'Lines',
  counts: (found: number, lines: number) =>
    `${found.toLocaleString('en')} of ${lines.toLocaleString('en')} lines ${found === 1 ? 'is a key' : 'are keys'} of this installation.`,
  switchOffAll: 'Switch off all that are good',
  columns: { line: 'Line', apiKey: 'API Key', username: 'Username', status: 'Status' },
  badges: { deleted: 'Deleted', replaced: 'Replaced', inOverlap: 'Replaced, still works' },
  notOurs: 'Not ours',
  mistyped: 'Not ours: mistyped or incomplete',
} as const;
