/** A secret on its only way to the browser. */
export type IssuedSecret = {
  keyId: string;
  username: string;
  secret: string;
  message: string;
  /** Kept sealed: an admin can see it again. */
  revealable?: boolean;
  /** Absent where the reader asks nothing of Keydesk. */
  usage?: KeyUsage;
  /** Then the secret is a link, or empty if the link was mailed, and nobody here sees what it brings. */
  link?: LinkFacts;
};

/** What stands beside a link that hands a secret over, in words, so that pages load none of them. */
export type LinkFacts = {
  /** The link was to be mailed, and could not be. */
  isBad: boolean;
  words: { section: string; once: string; copied: string; leave: string };
  code: { label: string; digits: string; hint: string } | null;
  facts: string;
  honest: string;
};

/** How a service asks about a key. */
export type KeyUsage = {
  /** Where the verification API answers. */
  address: string;
  /** Whether the key may itself ask: it has the scope for it. */
  mayAsk: boolean;
};

/** What "Save" answers with, for the form and for the next key. */
export type CreatedKey = IssuedSecret & { after: 'close' | 'new'; nextRequestId: string };
