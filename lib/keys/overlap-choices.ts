/** When the old secret stops after a regenerate. Client-safe. */
export const overlapChoices = [
  { value: 'now', label: 'Now', minutes: 0 },
  { value: '15m', label: 'In 15 minutes', minutes: 15 },
  { value: '1h', label: 'In 1 hour', minutes: 60 },
  { value: '24h', label: 'In 24 hours', minutes: 1_440 },
  { value: '7d', label: 'In 7 days', minutes: 10_080 },
] as const;

export type OverlapChoice = (typeof overlapChoices)[number]['value'];

export const overlapNames = overlapChoices.map(({ value }) => value) as [
  OverlapChoice,
  ...OverlapChoice[],
];
