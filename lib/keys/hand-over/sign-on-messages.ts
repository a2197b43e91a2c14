/** Why a key cannot be handed over to its user by single sign-on, for forms, the API and commands. */
export const signOnMessages = {
  /** Where people with a role sign in. */
  here: 'this Keydesk',
  noProvider: 'Its user cannot sign in here: no single sign-on is set up (OIDC_ISSUER).',
  ruleIsOff: 'Its user cannot sign in here: the policy "My keys" lets nobody in without a role.',
  nobody: (username: string) =>
    `Nobody could sign in to collect it: "${username}" is a service, and has no responsible person who is enabled.`,
  noSecondFactor: (username: string) =>
    `"${username}" cannot sign in here: a second factor is required, and they have none.`,
} as const;
