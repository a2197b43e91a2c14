import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parsePage, readManual } from './pages';

const run = promisify(execFile);

/** The blocks of a page in a language, under a heading if one is given. */
export function blocksOf(path: string, language: string, heading?: string): string[] {
  return parsePage(path, readFileSync(path, 'utf8'))
    .blocks.filter((block) => block.language === language)
    .filter((block) => heading === undefined || block.heading === heading)
    .map(({ code }) => code);
}

/** The blocks under a heading of the manual, whichever page it stands on. There must be some. */
export function blocksUnder(heading: string, language: string): string[] {
  const found = readManual()
    .pages.flatMap(({ blocks }) => blocks)
    .filter((block) => block.heading === heading && block.language === language);
  if (found.length === 0) throw new Error(`No page has a block of ${language} under "${heading}".`);
  return found.map(({ code }) => code);
}

/** Puts values where the manual has names. Each must be there. */
export function filledIn(block: string, values: Record<string, string>): string {
  return Object.entries(values).reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`The block does not mention ${from}.`);
    return text.replaceAll(from, to);
  }, block);
}

/** Runs a block in a shell. @returns what it printed */
export async function runShell(block: string, env: Record<string, string> = {}, cwd?: string) {
  const { stdout } = await run('sh', ['-ec', block], { env: { ...process.env, ...env }, cwd });
  return stdout.trim();
}

/** Reads a block of settings as a shell does. */
export async function settingsIn(block: string): Promise<Record<string, string>> {
  const { stdout } = await run('env', ['-i', 'sh', '-ec', `set -a\n${block}\nenv -0`]);
  const all = stdout.split('\0').filter((line) => line.includes('='));
  const pairs = all.map((line) => [
    line.slice(0, line.indexOf('=')),
    line.slice(line.indexOf('=') + 1),
  ]);
  return Object.fromEntries(pairs.filter(([name = '']) => !['PWD', '_', 'SHLVL'].includes(name)));
}

/** The lines after `# ` in a block, which it is said to print. An ellipsis stands for anything. */
export function shown(block: string): RegExp {
  const lines = [...block.matchAll(/^# (.*)$/gm)].map(([, line = '']) => line);
  const escaped = lines.map((line) =>
    line
      .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      .replaceAll(',…', '(,.*)?')
      .replaceAll('…', '.*?')
      .replace(/(?<=:)\d{6,}/g, '\\d+'),
  );
  return new RegExp(`^${escaped.join('\\r?\\n')}`);
}
