/** What was just done to keys. */
export const keyNoticeLabels = {
  deleted: (hint: string, username: string) =>
    `API key ${hint} of ${username} was deleted. Its secret no longer works.`,
  restored: (hint: string, username: string) => `API key ${hint} of ${username} restored.`,
  added: (hint: string, username: string) => `API key ${hint} of ${username} added.`,
  switched: (hint: string, username: string, active: boolean, again: boolean) =>
    `API key ${hint} of ${username} was switched ${active ? 'on' : 'off'}${again ? ' again' : ''}.`,
  undo: 'Undo',
} as const;
