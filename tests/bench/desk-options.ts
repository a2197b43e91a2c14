/** The argument after this word on the command line. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

export function numberOption(name: string, otherwise: number): number {
  const number = Number(option(name) ?? otherwise);
  if (!Number.isInteger(number) || number < 1) throw new Error(`${name} takes a whole number.`);
  return number;
}
