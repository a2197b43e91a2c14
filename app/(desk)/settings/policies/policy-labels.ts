export const policyLabels = {
  intro: 'Rules for new and changed keys. Existing keys are not affected.',
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
  onLeakChoices: { 'switch-off': 'Switch it off', 'tell-only': 'Only tell' },
} as const;
