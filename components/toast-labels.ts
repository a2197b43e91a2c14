export const toastLabels = { close: 'Close' } as const;
