/** The folder of the built product, with the content of the image. See `scripts/test/build.ts`. */
export const product = () => fromRunner('KEYDESK_PRODUCT');

/** The folder in which it was built: the sources of the image, their packages, and the build. */
export const productSource = () => fromRunner('KEYDESK_SOURCE');

/** The name of a database with what a new installation has before its first start. */
export const templateOfDesks = () => fromRunner('KEYDESK_TEMPLATE');

function fromRunner(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error('These tests need the built product: run them by npm test.');
  return value;
}
