/** What the questions about one key ask, and say. */
export const questionLabels = {
  titles: {
    regenerate: 'Are you sure you want to change this api key?',
    delete: 'Do you want to delete this record?',
    deactivate: 'Switch this key off?',
  },
  pages: {
    regenerate: 'Change API key',
    delete: 'Delete API key',
    deactivate: 'Switch off API key',
  },
  isGone: 'This record had already been deleted.',
  issued: 'New API key',
  ok: 'OK',
  cancel: 'Cancel',
  close: 'Close',
  of: ' of ',
  willBeDeleted: ' will be deleted. Its secret stops working immediately.',
  confirm: (username: string) => `Type ${username} to confirm`,
  usedLately: 'This key was used in the last 24 hours.',
  isUsed: ' is in use. Callers are refused until you switch it on again.',
  fromForm: 'Your other changes are saved. The key stays on until you confirm.',
} as const;
