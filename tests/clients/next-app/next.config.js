/** The folder of the installed packages, which is above the copy of this one that the test runs. */
const root = process.env.PACKAGES_ROOT;

export default { turbopack: { root }, outputFileTracingRoot: root };
