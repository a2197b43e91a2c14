/** What Keydesk says of a key. Facts about the key are there only where the key exists. */
export type Verdict = {
  valid: boolean;
  /** `VALID`, `MALFORMED`, `NOT_FOUND`, `INACTIVE`, `EXPIRED`, `OWNER_INACTIVE`, `INSUFFICIENT_SCOPE`, `IP_DENIED` or `RATE_LIMITED`. */
  code: string;
  keyId?: string;
  name?: string;
  user?: { id: string; username: string };
  scopes?: string[];
  /** RFC 3339, or null for a key without an end. */
  expiresAt?: string | null;
  rateLimit?: { limit: number; remaining: number; resetAt: string } | null;
  metadata?: Record<string, unknown>;
};

/** The verdict of a good key, as middleware passes it on. */
export type GoodKey = Verdict & {
  valid: true;
  code: 'VALID';
  keyId: string;
  name: string;
  user: { id: string; username: string };
  scopes: string[];
  expiresAt: string | null;
};

export type Question = {
  /** The key must have all of them. */
  scopes?: readonly string[];
  /** Where the caller is. Without it, keys that are bound to addresses are refused. */
  ip?: string;
};

export type Verifier = {
  /**
   * Asks Keydesk, each time: no verdict is kept, so that a revoked key is refused at once.
   *
   * @throws KeydeskError if there is no verdict. Let nobody in then.
   */
  verify(key: string, question?: Question): Promise<Verdict>;
};

export type VerifierOptions = {
  /** The address of the verification API, such as `http://keydesk.internal:3001`. */
  url: string;
  /** A service key with the scope `keydesk:verify`. */
  serviceKey: string;
  /** Milliseconds for the whole answer; 2000 unless set. */
  timeout?: number;
};

export function createVerifier(options: VerifierOptions): Verifier;

/** Keydesk gave no verdict: it cannot be reached, took too long or answered something else. */
export class KeydeskError extends Error {
  /** The status of Keydesk's answer, if there was one. */
  status: number | undefined;
  /** Seconds to wait, where too many unknown keys came from this address. */
  retryAfter: number | undefined;
}

/** The headers of a request that may hold a key. */
export type KeyHeaders = { authorization?: string | undefined; apiKey?: string | undefined };

/** An answer to a request that is refused. */
export type Refusal = { status: number; headers: Record<string, string>; body: string };

export type Judged = { key: GoodKey; refusal: null } | { key: null; refusal: Refusal };

/** What all middleware does, for frameworks without one: a good key or the answer to send. Never throws. */
export function judge(
  verifier: Verifier,
  headers: KeyHeaders,
  question?: Question,
): Promise<Judged>;
