/** Says what was done: Jest's own console would print a stack with each line. */
export function say(line: string): void {
  process.stderr.write(`    ${line}\n`);
}
