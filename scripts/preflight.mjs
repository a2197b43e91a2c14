/**
 * Runs before `npm start`, `npm run dev` and `npm test`, under any Node and without packages. Reports what is
 * missing in one sentence, where Node would print a stack.
 */
import { existsSync } from 'node:fs';

/** The last day of security fixes for each major, from the release schedule of the Node.js project. */
const lastFixes = {
  20: '2026-04-30',
  21: '2024-06-01',
  22: '2027-04-30',
  23: '2025-06-01',
  24: '2028-04-30',
  25: '2026-06-01',
  26: '2029-04-30',
};

const [major = '', minor = ''] = process.versions.node.split('.');
const lastFix = lastFixes[major];

if (!isNewEnough(Number(major), Number(minor))) {
  stop(`Keydesk needs Node.js 20.15, 22.2 or newer; this is ${process.versions.node}.`);
} else if (!existsSync('node_modules')) {
  stop('The packages of Keydesk are not installed: run npm ci.');
} else if (!existsSync('node_modules/tsx')) {
  stop('The packages that build Keydesk are not installed: run npm ci --include=dev.');
} else if (lastFix && new Date().toISOString().slice(0, 10) > lastFix) {
  process.stderr.write(
    `Node.js ${major} has had no security fixes since ${lastFix}: use Node.js 24.\n`,
  );
}

/** `zlib.crc32` exists since 22.2, and since 20.15 in the older line. */
function isNewEnough(major, minor) {
  if (major === 20) return minor >= 15;
  return major > 22 || (major === 22 && minor >= 2);
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}
