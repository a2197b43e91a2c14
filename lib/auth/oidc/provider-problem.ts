/** Why a sign-in with the provider was refused, by the code in the address. Client-safe. */
export const providerProblems = {
  'no-group': 'None of your groups may use this Keydesk. Ask one of its admins.',
  'no-username': 'Your provider gives no name that Keydesk could use. Ask one of its admins.',
  'name-taken':
    'Keydesk has a user of your name who is not known to be you. Ask an admin to link the two.',
  disabled: 'Your account was disabled or deleted. Ask an admin.',
  'last-admin':
    'Your groups no longer make you an admin, and Keydesk has no other one. Somebody else must become an admin first.',
  'other-person': 'You signed in as somebody else. Nothing was confirmed.',
  'not-fresh': 'The provider did not ask who you are. Nothing was confirmed.',
  cancelled: 'The provider did not sign you in.',
  failed: 'Sign-in with the provider failed. Try again.',
} as const;

export type ProviderProblem = keyof typeof providerProblems;

/** The problem named in an address, if any. NextAuth writes the parameter `error`. */
export function providerProblem({
  problem,
  error,
}: Record<string, string | string[] | undefined>): ProviderProblem | null {
  if (typeof problem === 'string' && Object.hasOwn(providerProblems, problem)) {
    return problem as ProviderProblem;
  }
  if (error === 'OAuthCallbackError') return 'cancelled';
  return error === undefined ? null : 'failed';
}
