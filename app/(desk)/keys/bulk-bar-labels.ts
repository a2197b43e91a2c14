/** Texts of the bar below the report. */
export const bulkBarLabels = {
  title: 'Change selected keys',
  selected: (count: number) => `${count.toLocaleString('en')} selected`,
  selectAll: (matching: number) => `Select all ${matching.toLocaleString('en')} matching`,
  tooMany: (most: number) =>
    `Narrow the search to ${most.toLocaleString('en')} keys or fewer to select all that match.`,
  clear: 'Clear',
} as const;
