/** Prints a line. Jest's own console would add a stack to each. */
export function say(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
