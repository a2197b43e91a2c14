/** How long a link works. Client-safe: without a schema, because zod is too large for a page. */
export const linkTerms = [
  { value: '1h', label: '1 hour', hours: 1 },
  { value: '24h', label: '24 hours', hours: 24 },
  { value: '7d', label: '7 days', hours: 168 },
] as const;

export type LinkTerm = (typeof linkTerms)[number]['value'];

export const linkTermNames = linkTerms.map(({ value }) => value) as [LinkTerm, ...LinkTerm[]];
