export const ownKeysLabels = {
  title: 'My keys',
  intro:
    'People who sign in with single sign-on can see their own keys at /me. They need no role, and see nothing else.',
  rule: 'People may',
  ruleHint:
    'Takes effect at once. With “Nothing”, /me does not exist, and the sessions of people without a role end.',
  rules: {
    off: 'Nothing',
    'switch-off': 'See their keys and switch them off',
    regenerate: 'See, switch off and regenerate their keys',
  },
  save: 'Save My keys',
  signIn: {
    none: 'Single sign-on is not set up, so only people with a role could use it.',
    'second-factor':
      'REQUIRE_SECOND_FACTOR is on, so only people with a second factor could use it. People without a role cannot set one up.',
    'no-email':
      'OIDC_SCOPE does not contain email, so nobody new would be recognised by their address.',
    email:
      'At the first sign-in, people are recognised by the email address that their provider has verified.',
    username: 'At the first sign-in, people are recognised by their username at the provider.',
    nothing: 'People are recognised only after a link by the command link-oidc.',
  },
} as const;
