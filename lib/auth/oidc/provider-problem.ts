/** Why a sign-in with the provider was refused, by the code in the address. Client-safe. */
export const providerProblems = {
  'no-group': 'None of your groups may use this Keydesk. Ask an admin.',
  'no-user':
    'None of your groups may use this Keydesk, and Keydesk cannot tell whose keys are yours. Ask an admin.',
  'no-second-factor':
    'This Keydesk requires a second factor, which only people with a role can set up. Ask an admin.',
  'no-username': 'Your sign-in provider sends no username that Keydesk can use. Ask an admin.',
  'name-taken':
    'Keydesk has a user with your name who is not linked to your sign-in. Ask an admin to link them.',
  disabled: 'Your account was disabled or deleted. Ask an admin.',
  'last-admin':
    'Your groups no longer make you an admin, and Keydesk has no other admin. Someone else must become an admin first.',
  'other-person': 'You signed in as someone else. Nothing was confirmed.',
  'not-fresh': 'Your sign-in provider did not ask who you are. Nothing was confirmed.',
  cancelled: 'Your sign-in provider did not sign you in.',
  failed: 'Signing in with your provider failed. Try again.',
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
