/** The folder of the built product, as the image holds it: see `scripts/test/build.ts`. */
export const product = () => fromRunner('KEYDESK_PRODUCT');

/** The folder that it was built in: the sources of the image, their packages, and the build. */
export const productSource = () => fromRunner('KEYDESK_SOURCE');

function fromRunner(name: string): string {
  const folder = process.env[name];
  if (!folder) throw new Error('These tests need the built product: run them by npm test.');
  return folder;
}
