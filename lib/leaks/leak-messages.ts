/** Why a report of leaked secrets is refused. */
export const leakMessages = {
  tooMany: (most: number) => `Report at most ${most.toLocaleString('en')} secrets at once.`,
  noSecrets: 'The report names no secret.',
  notText: 'This must be a text.',
  unknownField: 'There is no such field.',
  notReport:
    'Send {"secrets": […]}, {"credentials": […]}, a JSON report of gitleaks, or SARIF 2.1.0.',
  githubOff: 'There is nothing here: GITHUB_SCANNING_KEYS is not set.',
  tooLong: (bytes: number) => `The body may have ${bytes.toLocaleString('en')} bytes.`,
  notSigned: 'The signature is missing, wrong, or of a key that GITHUB_SCANNING_KEYS lacks.',
  notMatches: 'Send the JSON of GitHub secret scanning: [{"token", "type", "url", "source"}].',
  notNow: 'The report cannot be taken now. Send it again.',
} as const;
