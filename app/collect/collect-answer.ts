/** What the page of a link is told. */
export type CollectAnswer =
  /** Still sealed: the browser opens it. */
  | { outcome: 'sealed'; sealed: string; username: string; active: boolean }
  | { outcome: 'opened'; secret: string; username: string; active: boolean }
  /** `proof` is the sender's own, for the button that switches the key off. */
  | { outcome: 'collected-before'; at: string; from: string; mayStop: boolean; proof: string }
  | { outcome: 'stopped' };
