/** What is done again in a restored database, so that what was taken away does not come back. */
export type Remedy =
  | { on: 'key'; kind: 'delete' | 'replace-secret' | 'switch-off' | 'end-overlap' }
  | { on: 'key'; kind: 'expire'; at: string }
  | { on: 'user'; kind: 'disable' | 'forget-password' | 'unlink' }
  | { on: 'user'; kind: 'lower-role'; to: string | null }
  | { on: 'webhook'; kind: 'switch-off' }
  /** Cannot be done again from the event. An operator is told to look. */
  | { on: 'settings'; kind: 'look' };
