/** A secret on its only way to the browser. */
export type IssuedSecret = { keyId: string; username: string; secret: string; message: string };
