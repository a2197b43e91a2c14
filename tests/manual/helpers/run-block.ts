import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { parsePage } from './pages';

const run = promisify(execFile);

/** The blocks of a page in a language, under a heading if one is given. */
export function blocksOf(path: string, language: string, heading?: string): string[] {
  return parsePage(path, readFileSync(path, 'utf8'))
    .blocks.filter((block) => block.language === language)
    .filter((block) => heading === undefined || block.heading === heading)
    .map(({ code }) => code);
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
