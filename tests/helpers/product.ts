/** The folder of the built product, with the content of the image. See `scripts/test/build.ts`. */
export const product = () => fromRunner('KEYDESK_PRODUCT');

/** The folder in which it was built: the sources of the image, their packages, and the build. */
export const productSource = () => fromRunner('KEYDESK_SOURCE');

function fromRunner(name: string): string {
  const folder = process.env[name];
  if (!folder) throw new Error('These tests need the built product: run them by npm test.');
  return folder;
}
