/**
 * How the two values are derived from the fragment of a link by HKDF-SHA-256 without a salt. The browser and
 * the server derive the same. Client-safe.
 */
export const fragmentUses = {
  /** The key of the seal. A browser with JavaScript never sends it. */
  open: 'keydesk 1 hand-over seal',
  /** What proves that the sender has the fragment. It opens nothing. */
  prove: 'keydesk 1 hand-over proof',
} as const;

/** Binds the seal to its row, so that it does not open in another one. */
export const sealContext = (id: string) => `keydesk 1 hand-over ${id.toLowerCase()}`;

/** 32 bytes as base64url, without padding. */
const form = /^[A-Za-z0-9_-]{43}$/;

/** The fragment in a text: alone, or at the end of a link. Null if there is none. */
export function fragmentIn(text: string): string | null {
  const part = text.trim().split('#').at(-1) ?? '';
  return form.test(part) ? part : null;
}
