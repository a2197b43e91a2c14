const number = (count: number) => count.toLocaleString('en');
const keys = (count: number) => (count === 1 ? '1 key' : `${number(count)} keys`);
const activeKeys = (count: number) =>
  count === 1 ? '1 active key' : `${number(count)} active keys`;
const owners = (count: number) => (count === 1 ? '1 owner' : `${number(count)} owners`);

const tooSlow = 'The keys could not be counted in time. Try again later.';

/** What the page of the policies says about the rules for existing keys. */
export const existingLabels = {
  title: 'Existing keys',
  unused: 'Unused keys',
  unusedOff: 'Keys that nobody uses are not switched off.',
  unusedOn: (days: number) => `Keys that are unused for ${days} days are switched off.`,
  setUp: 'Set up',
  look: 'Look or change',
  lifetime: 'Maximum lifetime',
  lifetimeAbout: (days: number) =>
    `Keys that were made before can be brought under the maximum of ${number(days)} days.`,
  lifetimeNone: 'There is no maximum lifetime yet.',
  lifetimeDo: 'Bring existing keys under the maximum lifetime',
} as const;

export const idleLabels = {
  title: 'Unused keys',
  tooSlow,
  intro:
    'Keys that are unused for as many days as you choose are switched off by themselves. Their owners are told by email 14 days and 1 day before. Only accepted calls count as use. A new secret, another owner or being switched on again count as well. Service keys, and keys of disabled users, are left alone.',
  off: 'This rule is off.',
  on: (days: number, since: string) =>
    `This rule is on since ${since}. Keys that are unused for ${days} days are switched off.`,
  saidOn: 'The rule is on.',
  saidOff: 'The rule is off. No key is switched off any more.',
  saidAllowed: 'The keys are being switched off, about a thousand a minute.',
  turnOff: 'Turn off',
  days: 'Switch off keys unused for (days)',
  daysHint: 'From 30 to 365.',
  show: 'Show what it concerns',
  preview: (days: number) => `What ${days} days without use would mean`,
  unused: (unused: number, ruled: number, days: number) =>
    `${number(unused)} of ${keys(ruled)} ${unused === 1 ? 'has' : 'have'} not been used for ${days} days already.`,
  firstDay: (day: string, days: number) =>
    `Every key gets ${days} days from now. Those that stay unused until then are switched off on ${day} at the earliest.`,
  told: (first: string, last: string) =>
    `Their owners are told by email on ${first}, and again on ${last}.`,
  toldNobody:
    'Nobody is told by email, because "Tell owners by email" is off or no mail server is set.',
  unreached: (count: number) =>
    `${owners(count)} of such keys cannot be told, because nobody has an address for them.`,
  leftAlone: (count: number) =>
    count === 1 ? '1 service key is left alone.' : `${number(count)} service keys are left alone.`,
  tooMany: (allowed: number) =>
    `That would be more than ${keys(allowed)} in one day, so the rule would stop itself on that day and ask you.`,
  turnOn: 'Turn on',
  change: (days: number) => `Change to ${days} days`,
  isSo: (days: number) => `The rule has ${days} days already.`,
  next: 'Next days',
  nextAbout: 'Days in UTC on which keys are switched off if they stay unused.',
  nextNone: 'No key has been unused since yesterday.',
  day: 'Day',
  keys: 'Keys',
  number,
  held: (due: number, active: number, allowed: number) =>
    `The rule has stopped itself. Today it would switch off ${number(due)} of ${activeKeys(active)}, and without asking it switches off at most ${number(allowed)} a day. No key was switched off.`,
  heldAbout:
    'If so many keys are really unused, let it go on. If not, check that your services still ask this Keydesk. It counts again tomorrow.',
  allow: (count: number) =>
    count === 1 ? 'Switch off this 1 key' : `Switch off these ${number(count)} keys`,
  more: (count: number) => `By now it would be ${keys(count)}. Nothing was changed: look again.`,
  over: 'The rule does not wait any more. Nothing was changed.',
} as const;

export const lifetimeLabels = {
  title: 'Existing keys and the maximum lifetime',
  tooSlow,
  intro: (days: number) =>
    `The maximum lifetime of ${number(days)} days holds for keys that are made or changed. Here you bring the keys under it that were made before. Each then ends ${number(days)} days after it was made, but not before the day that you choose. No key gets a later end than it has. Service keys are left alone.`,
  none: 'There is no maximum lifetime. Set one first.',
  policies: 'Policies',
  until: 'No key ends before',
  untilHint: 'A day in UTC. Owners need time to get new keys.',
  show: 'Show what it concerns',
  preview: (day: string) => `What happens with ${day}`,
  concerned: (count: number) =>
    count === 1
      ? '1 key gets an end or an earlier one.'
      : `${keys(count)} get an end or an earlier one.`,
  nothing: 'No key is concerned.',
  onTheDay: (count: number, day: string) =>
    count === 1 ? `1 key ends on ${day}.` : `${keys(count)} end on ${day}.`,
  later: (count: number, last: string) =>
    count === 1
      ? `1 key ends later, on ${last}.`
      : `${keys(count)} end later, the last on ${last}.`,
  told: 'Whoever is told before keys expire is told of these as well.',
  leftAlone: (count: number) =>
    count === 1
      ? '1 service key lives too long as well, and is left alone. Give it an end on its own page.'
      : `${number(count)} service keys live too long as well, and are left alone. Give them an end on their own pages.`,
  shorten: (count: number) => `Give ${keys(count)} an end`,
  changed: 'The policy or the number of keys has changed. Nothing was changed: look again.',
  running: 'Keys are being given their ends already. Nothing was changed.',
  progress: (changed: number, total: number) =>
    `${number(changed)} of ${keys(total)} got their new end.`,
  going: 'This goes on by itself, about a thousand keys a minute.',
  again: 'Look again',
  finished: (changed: number) => `Last time, ${keys(changed)} got another end.`,
} as const;
