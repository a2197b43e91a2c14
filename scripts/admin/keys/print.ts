/** Replaces what could control a terminal or hide other text. */
const shown = (text: string) => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '?');

/** The whole of stdout, so that programs can parse it. */
export function printJson(value: unknown): void {
  console.log(JSON.stringify(value, null, 2));
}

export function printTable(head: string[], rows: string[][]): void {
  const lines = [head, ...rows].map((row) => row.map(shown));
  const widths = head.map((_, at) =>
    Math.max(...lines.map((line) => [...(line[at] ?? '')].length)),
  );
  for (const line of lines) {
    console.log(
      line
        .map((cell, at) => pad(cell, widths[at] ?? 0))
        .join('  ')
        .trimEnd(),
    );
  }
}

const pad = (cell: string, width: number) => cell + ' '.repeat(width - [...cell].length);

/** A line for people. */
export const say = (line: string) => console.log(shown(line));

/** The secret stands alone on its line, so that it can be copied. */
export function printSecret(what: string, secret: string): void {
  say(what);
  say('The secret is shown this once:');
  console.log(secret);
}
