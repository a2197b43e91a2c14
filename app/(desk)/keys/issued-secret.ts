/** A secret on its only way to the browser. */
export type IssuedSecret = {
  keyId: string;
  username: string;
  secret: string;
  message: string;
  /** Kept sealed: an admin can see it again. */
  revealable?: boolean;
};
