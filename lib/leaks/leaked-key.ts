/** What becomes of a key: switched off, its replaced secret stopped, or nothing. */
export type LeakResult = 'switched-off' | 'old-secret-stopped' | 'unchanged';

/** A key of ours whose secret was reported. */
export type LeakedKey = {
  id: string;
  name: string;
  username: string;
  hint: string;
  active: boolean;
  deleted: boolean;
  /** Of the secret. */
  version: number;
  /** Where the secret was found. */
  url: string | null;
  result: LeakResult;
  /** Whether this secret is reported for the first time. */
  isNew: boolean;
};
