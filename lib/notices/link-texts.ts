/** The texts of a mail with a link to a secret. */
export const linkTexts = {
  subject: 'An API key waits for you',
  begin: 'An administrator made this API key, or a new secret for it, and you are to get it:',
  open: 'This link shows it once, to whoever opens it first. Open it where you can keep the key safely:',
  openSignedIn: (username: string, where: string) =>
    `This link shows it once, to ${username}, after signing in at ${where}. Open it where you can keep the key safely:`,
  until: (minute: string) => `The link works until ${minute}.`,
  code: 'The page asks for a code of six digits. Whoever made the key tells you the code by another way.',
  advice:
    'Forward this mail to nobody. If the page says that the key was collected, and that was not you, use "Switch the key off" there and tell your administrators.',
  end: 'You get this as the owner of this key, or as the person responsible for its owner.',
} as const;
