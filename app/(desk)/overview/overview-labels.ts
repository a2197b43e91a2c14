const number = (count: number) => count.toLocaleString('en');

type Count = { total: number; isExact: boolean };

/** `1,234`; of what was counted only so far, `over 10,000`. */
const figure = ({ total, isExact }: Count) => (isExact ? number(total) : `over ${number(total)}`);

/** Texts of the overview. */
export const overviewLabels = {
  title: 'Overview',
  asOf: (time: string) => `As of ${time} UTC`,
  figures: 'Key figures',
  figure,
  active: 'active keys',
  inactive: 'inactive keys',
  expired: 'expired keys',
  users: 'users',
  calls: 'calls in 24 hours',
  refused: 'refused',
  share: (part: number, all: number) => {
    const percent = all === 0 ? 0 : (part / all) * 100;
    return `${percent.toLocaleString('en', { maximumFractionDigits: 1 })}%`;
  },
  number,
  attention: (lists: number) => `Needs attention (${lists})`,
  allClear: 'All clear',
  nothing: 'Nothing needs attention.',
  allClearOf: (lists: string[]) => `All clear: ${lists.join(', ')}.`,
  show: 'Show',
  switchOff: 'Switch off',
  switchOffFirst: (keys: number) => `Switch off the first ${number(keys)}`,
  delete: 'Delete',
  deleteFirst: (keys: number) => `Delete the first ${number(keys)}`,
  firstOf: (shown: number, all: Count) => `The first ${number(shown)} of ${figure(all)}.`,
  username: 'Username',
  key: 'API Key',
  status: 'Status',
  lastUsed: 'Last used',
  expires: 'Expires',
  called: 'Calls',
  refusedCalls: 'Refused',
  busiest: 'Busiest keys',
  busiestAbout: 'Most verified in 24 hours, without service keys.',
  noCalls: 'No calls.',
} as const;
