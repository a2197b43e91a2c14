const number = (count: number) => count.toLocaleString('en');

/** `2.6%`; a share that is too small for one decimal is still told from none. */
function share(part: number, all: number): string {
  const percent = (part / all) * 100;
  if (part > 0 && percent < 0.1) return 'under 0.1%';
  return `${percent.toLocaleString('en', { maximumFractionDigits: 1 })}%`;
}

/** Texts of one key's page. */
export const keyPageLabels = {
  title: 'API key',
  list: 'API keys',
  ofOwner: 'of',
  created: 'Created',
  createdBy: (username: string) => `by ${username}`,
  secret: (version: number) => `Secret ${version}, created`,
  revealable: 'Can be revealed by an admin',
  id: 'Id',
  copyId: 'Copy id',
  regenerate: 'Regenerate',
  delete: 'Delete',
  switchOn: 'Switch on',
  restored: 'API key restored, but switched off.',
  stopped: 'The old secret no longer works.',
  handOverEnded: 'The hand-over has ended. The link no longer works.',
  sections: 'Parts of this page',
  tabs: { overview: 'Overview', settings: 'Settings', history: 'History' },
  facts: 'Facts',
  lastUsed: 'Last used',
  calls: 'Calls in 24 hours',
  refused: 'Refused',
  refusedOf: (refused: number, calls: number) =>
    refused === 0 ? '0' : `${number(refused)} (${share(refused, calls)})`,
  expires: 'Expires',
  stopsOn: (day: string) => `Will be switched off on ${day} if it stays unused.`,
  number,
  addresses: 'Latest addresses',
  addressesNote: 'As reported by your services, up to 30 seconds old.',
} as const;
