/** What a form says about its request. All of it is sent to the browser. */
const still = 'Your entries are still here.';
const whole = 'Your change was either saved completely or not at all.';

export const postingLabels = {
  unreachable: `Keydesk could not be reached. ${still} Check your connection and try again.`,
  timeout: `Keydesk did not answer in time. ${still} Your change may have been saved all the same: check before you try again.`,
  foreign: (status: number) =>
    `Keydesk could not be reached: a page with status ${status} came back instead of its answer. ${still} Try again.`,
  updated: `Keydesk was updated while this page was open. ${still} Reload the page to continue: they are kept, except passwords, codes and files.`,
  database: `Keydesk could not do this, because its database did not answer. ${still} ${whole} Try again.`,
  fault: (digest: string) => `Keydesk could not do this. ${still} ${whole} Reference: ${digest}`,
  reload: 'Reload',
  save: 'Save',
  saveAnyway: 'Save anyway',
} as const;
