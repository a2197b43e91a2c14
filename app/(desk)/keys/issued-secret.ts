/** A secret on its only way to the browser. */
export type IssuedSecret = {
  keyId: string;
  username: string;
  secret: string;
  message: string;
  /** Kept sealed: an admin can see it again. */
  revealable?: boolean;
};

/** What "Save" answers with, for the form and for the next key. */
export type CreatedKey = IssuedSecret & { after: 'close' | 'new'; nextRequestId: string };
