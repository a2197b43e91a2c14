declare module 'js-yaml' {
  const yaml: { safeLoad(text: string): unknown };
  // biome-ignore lint/style/noDefaultExport: as the package has it
  export default yaml;
}
