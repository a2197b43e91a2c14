/** What the notice says that travels to the browser. */
export const addressLabels = {
  wrongAddress: 'You cannot sign in at this address. Open Keydesk at {}.',
} as const;
