export const policyLabels = {
  intro:
    'Rules for new and changed keys and users. Existing keys are only affected by what stands at the end of this page.',
  violations: (count: number) =>
    count === 1
      ? '1 existing key does not follow these rules.'
      : `${count.toLocaleString('en')} existing keys do not follow these rules.`,
  expiryRequired: 'Every key must expire',
  longestLifetime: 'Maximum lifetime (days)',
  longestLifetimeHint: 'Empty for no maximum.',
  mostKeysPerUser: 'Keys per user',
  mostKeysPerUserHint: 'Empty for no maximum.',
  defaultLifetime: 'Default lifetime (days)',
  defaultLifetimeHint: 'Prefilled for new keys. Empty for no expiry.',
  defaultRateLimit: 'Default rate limit',
  defaultRateLimitHint: 'Prefilled for new keys. Empty for no limit.',
  window: 'Time window',
  onLeak: 'When a key is reported as leaked',
  onLeakHint: 'For all keys, from the next report on.',
  responsibleRequired: 'Services need a responsible person',
  responsibleRequiredHint: 'For new services, and when one loses its responsible person.',
  notices: 'Notices',
  noticeDays: 'Tell before a key expires',
  noticeDaysHint: 'Up to four, and the day itself.',
  noticeDay: (days: number) =>
    days === 0 ? 'On the day' : days === 1 ? '1 day before' : `${days} days before`,
  tellOwners: 'Tell owners by email',
  tellOwnersHint:
    'Before a key of theirs expires or is switched off as unused, and when one is switched off, regenerated, transferred, revealed, reported as leaked or deleted. For a service, the responsible person is told.',
  tellOwnersOff: 'Nothing is sent yet, because SMTP_URL is not set.',
  onLeakChoices: { 'switch-off': 'Switch it off', 'tell-only': 'Only tell' },
} as const;
