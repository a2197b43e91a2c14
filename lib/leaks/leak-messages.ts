/** Why a report of leaked secrets is refused. */
export const leakMessages = {
  tooMany: (most: number) => `Report at most ${most.toLocaleString('en')} secrets at once.`,
  noSecrets: 'The report names no secret.',
  notText: 'This must be a text.',
  unknownField: 'There is no such field.',
  notReport:
    'Send {"secrets": […]}, {"credentials": […]}, a JSON report of gitleaks, or SARIF 2.1.0.',
} as const;
