import { fragmentUses, sealContext } from '@/lib/keys/hand-over/fragment-uses';

/** Whether this browser can open seals: WebCrypto exists only over https and on localhost. */
export const canOpen = (): boolean => globalThis.crypto?.subtle !== undefined;

type Sealed = { id: string; sealed: string };

/** What is derived from the fragment of a link, as `lib/keys/hand-over/seal.ts` does on the server. */
export async function halvesOf(fragment: string) {
  const material = await crypto.subtle.importKey('raw', bytesOf(fragment), 'HKDF', false, [
    'deriveBits',
    'deriveKey',
  ]);
  const derivation = (use: string) => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new Uint8Array(),
    info: new TextEncoder().encode(use),
  });
  return {
    async proof(): Promise<string> {
      const bits = await crypto.subtle.deriveBits(derivation(fragmentUses.prove), material, 256);
      return base64url(new Uint8Array(bits));
    },
    async open({ id, sealed }: Sealed): Promise<string> {
      const key = await crypto.subtle.deriveKey(
        derivation(fragmentUses.open),
        material,
        { name: 'AES-GCM', length: 256 },
        false,
        ['decrypt'],
      );
      const bytes = bytesOf(sealed);
      const additionalData = new TextEncoder().encode(sealContext(id));
      const nonce = { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData };
      const plain = await crypto.subtle.decrypt(nonce, key, bytes.subarray(12));
      return new TextDecoder().decode(plain);
    },
  };
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}

function base64url(bytes: Uint8Array): string {
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
