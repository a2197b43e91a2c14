import { plural } from './plural';

/** The texts of mails. */
export const letterTexts = {
  test: 'Test notice',
  testText: (username: string, home: string) =>
    `${username} sent this from ${home} to check that notices from Keydesk arrive here. They do.`,
  expiring: (total: number) =>
    `${plural(total, 'API key')} ${total === 1 ? 'expires' : 'expire'} soon`,
  expiringBegin: 'These API keys stop working when they expire:',
  dead: (total: number) => `${plural(total, 'deleted or replaced API key')} still in use`,
  deadBegin: 'Callers still use these deleted keys and replaced secrets, and are refused:',
  leaked: (total: number) => `${plural(total, 'API key')} reported as leaked`,
  leakedBegin: 'The secrets of these API keys were found where anybody may have read them:',
  leakedBy: (source: string, result: string) => `reported by ${source}: ${result}`,
  leakResults: {
    switched_off: 'the key was switched off',
    old_secret_stopped: 'the replaced secret was stopped',
    unchanged: 'nothing was changed',
  },
  uncollected: (total: number) => `Nobody collected ${plural(total, 'API key')}`,
  uncollectedBegin: 'These API keys were handed over by links, and nobody collected them:',
  uncollectedBy: {
    expired: (minute: string) => `the link ended ${minute}`,
    wrong_codes: (minute: string) => `five wrong codes ended the link ${minute}`,
  },
  uncollectedResults: {
    switched_off: 'the key stays switched off',
    old_secret_kept: 'the key keeps its old secret',
  },
  uncollectedAdvice: 'Make another link for each that is still needed, and delete the others.',
  more: (count: string, home: string) => `And ${count} more: ${home}/overview`,
  expires: (when: string, minute: string) => `expires ${when}, ${minute}`,
  today: 'today',
  tomorrow: 'tomorrow',
  inDays: (days: number) => `in ${days} days`,
  ownedExpiring: (total: number) =>
    `${plural(total, 'API key')} of yours ${total === 1 ? 'expires' : 'expire'} soon`,
  ownedExpiringBegin:
    'These API keys of yours, or of services for which you are responsible, stop working when they expire:',
  ownedExpiringAdvice: (home: string) =>
    `If you still need them, ask the administrators of Keydesk at ${home} for a later date or a new key, before callers are refused.`,
  ownedIdle: (total: number) => `${plural(total, 'unused API key')} of yours will be switched off`,
  ownedIdleBegin:
    'These API keys of yours, or of services for which you are responsible, have not been used for long. They will be switched off:',
  ownedIdleAdvice: (home: string) =>
    `To keep a key, use it before that day: one accepted call is enough. If nobody needs it any more, you need not do anything. A key that was switched off can be switched on again by the administrators of Keydesk at ${home}.`,
  stopsOn: (when: string, day: string) => `will be switched off ${when}, ${day}`,
  heldKeys: 'No unused keys were switched off today',
  held: (due: string, active: string, allowed: string) =>
    `Today the rule for unused keys would switch off ${due} of ${active} active keys. Without asking it switches off at most ${allowed} a day, so it has stopped itself. No key was switched off.`,
  heldAdvice:
    'If so many keys are really unused, an admin can let the rule go on here. If not, check that your services still ask this Keydesk. The rule counts again tomorrow.',
  idleRule: 'the rule for unused keys',
  ownedSubjects: {
    'key.deactivate': (total: number) => `${plural(total, 'API key')} of yours switched off`,
    'key.regenerate': (total: number) => `New secret for ${plural(total, 'API key')} of yours`,
    'key.hand-over': (total: number) => `Secret of ${plural(total, 'API key')} waits for you`,
    'key.collect': (total: number) => `Secret of ${plural(total, 'API key')} of yours collected`,
    'key.hand-over-expired': (total: number) =>
      `Link to ${plural(total, 'API key')} of yours has ended`,
    'key.transfer': (total: number) => `${plural(total, 'API key')} transferred`,
    'key.reveal': (total: number) => `Secret of ${plural(total, 'API key')} of yours revealed`,
    'key.report-leak': (total: number) => `${plural(total, 'API key')} of yours reported as leaked`,
    'key.delete': (total: number) => `${plural(total, 'API key')} of yours deleted`,
  },
  ownedChangedBegin: (by: string) =>
    `This happened to API keys of yours, or of services for which you are responsible, by ${by}:`,
  bySystem: 'Keydesk itself',
  ownedChangedAdvice: (home: string) =>
    `If that surprises you, or if you need a new key, ask the administrators of Keydesk at ${home}.`,
  ownedActions: {
    'key.deactivate': 'switched off: callers are refused',
    'key.hand-over':
      'an administrator made a link that shows its secret once: ask for it if you do not get it',
    'key.collect': 'its secret was shown to whoever opened the link first',
    'key.hand-over-expired':
      'nobody opened the link to its secret in time: ask for another one if you need it',
    'key.reveal': 'its secret was shown to an administrator',
    'key.report-leak': 'its secret was reported as leaked: change it wherever it is used',
    'key.delete': 'deleted: callers are refused',
  },
  collectedBy: (by: string) => `its secret was shown to ${by}, who had the link and was signed in`,
  linkHolder: 'Somebody who has a link that you were to get',
  regenerated: 'got a new secret: the old one is refused',
  regeneratedUntil: (minute: string) => `got a new secret: the old one works until ${minute}`,
  transferred: (from: string, to: string) =>
    `transferred from ${from} to ${to}: the secret stays the same`,
  ends: (minute: string) => `ends ${minute}`,
  endsNever: 'has no end',
  lastUsed: (minute: string) => `last used ${minute}`,
  neverUsed: 'never used',
  ownerMore: (count: string) => `And ${count} more.`,
  ownerEnd:
    'You get this as the owner of these keys, or as the person responsible for their owner.',
  deletedKey: 'deleted key',
  replacedSecret: 'replaced secret',
  calls: (what: string, calls: number, hour: string, from: string) =>
    `${what}: ${plural(calls, 'call')} in the hour from ${hour}${from}`,
  lastFrom: (address: string) => `, the latest from ${address}`,
  failedSignIns: 'Failed sign-ins',
  failures: (count: string, username: string, address: string) =>
    `${count} sign-ins as ${username} failed, the latest from ${address}.`,
  failuresAdvice:
    'If that was not you, someone may be guessing your password. You can still sign in from browsers where you have signed in before. If you have no second factor yet, set one up. Tell your admins.',
  failuresEnd: 'You get this at most once a day.',
  end: (home: string, more: string) => `Keydesk at ${home}. ${more}`,
  usualEnd: 'To change who receives these notices, go to Settings, Notices.',
  subject: (subject: string) => `Keydesk: ${subject}`,
} as const;
