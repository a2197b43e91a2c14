/** Lengths of a rate limit's window: their values are seconds. */
export const windowOptions = [
  { value: '1', label: 'Second' },
  { value: '60', label: 'Minute' },
  { value: '3600', label: 'Hour' },
];
