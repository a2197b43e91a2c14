const count = (number: number) => number.toLocaleString('en');

/** Texts of every import: checking a file, and what its lines become. */
export const importLabels = {
  file: 'CSV file',
  check: 'Check',
  cancel: 'Cancel',
  another: 'Check another file',
  sending: (percent: number) => `Sending: ${percent} %`,
  checking: 'Sent. Checking the lines…',
  progress: (done: number, total: number, things: string) =>
    `Importing: ${count(done)} of ${count(total)} ${things}. All are added, or none.`,
  importAll: (lines: number, thing: string) => `Import ${count(lines)} ${thing}`,
  lines: 'Lines',
  allLines: (number: number) =>
    number === 1 ? 'The line without a problem' : `All ${count(number)} lines without a problem`,
  more: (number: number) => `and ${count(number)} more ${number === 1 ? 'line' : 'lines'}`,
  line: 'Line',
  username: 'Username',
  result: 'Result',
} as const;
