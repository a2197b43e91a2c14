/** Texts of "Add New API Key". */
export const addKeyLabels = {
  title: 'Add New API Key',
  list: 'API keys',
  user: 'User',
  name: 'Name',
  nameHint: 'Optional: what the key is for.',
  active: 'Active',
  more: 'More options',
  revealable: 'Revealable',
  revealableHint: 'Keep an encrypted copy that an admin can reveal later, giving a reason.',
  save: 'Save',
  saveAndNew: 'Save & add new',
  cancel: 'Cancel',
  addUser: (username: string) => `Add user ${username} and save`,
  addUserAnyway: (username: string) => `Add user ${username} anyway and save`,
} as const;

/** What the form is told after it was sent. */
export const addKeyAnswers = {
  generatedFor: (username: string) => `API key generated for ${username}.`,
  userAdded: (username: string) => `User "${username}" was added.`,
  unknownUser: (username: string) => `User "${username}" is not in the database.`,
  lookalike: (username: string) =>
    `This looks like the name of user "${username}". Add it only if you mean somebody else.`,
  disabledUser: (username: string) => `User "${username}" is disabled.`,
  tooManyKeys: (username: string, most: number) =>
    `User "${username}" has ${most} keys, the most that one user may have.`,
  handedOver: (username: string) => `API key for ${username} made. It waits to be collected.`,
  notRevealable:
    'A key that is handed over by a link cannot be revealable: only whoever collects it sees it.',
  revealIsOff: 'Reveal is off on this installation.',
  repeated:
    'This form was sent before, and its key was made then. No second key was made. If you did not copy that key, open it and choose Regenerate for a new secret.',
} as const;
