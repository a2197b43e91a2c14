export const shortcutLabels = {
  title: 'Keyboard shortcuts',
  keys: [
    ['/', 'Go to the search field'],
    ['n', 'Add a new API key or user'],
    ['?', 'Show these shortcuts'],
    ['Esc', 'Close a dialog'],
  ],
  close: 'Close',
} as const;
