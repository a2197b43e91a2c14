export const overviewMessages = { empty: 'This list is empty now. Nothing was changed.' } as const;
