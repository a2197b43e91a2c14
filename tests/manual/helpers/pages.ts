import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A fenced block: where it begins, under which heading, and its language, which may be empty. */
export type Block = { line: number; heading: string; language: string; code: string };

export type Page = {
  path: string;
  text: string;
  /** The text with fenced blocks emptied, line for line. */
  prose: string;
  blocks: Block[];
  lines: number;
};

export type Manual = {
  pages: Page[];
  /** Whether a file that is linked to is there. */
  exists: (path: string) => boolean;
};

/** A fault of the manual, as a person would look for it. */
export type Fault = `${string}:${number} ${string}`;
export const fault = (page: Page, line: number, what: string): Fault =>
  `${page.path}:${line} ${what}`;

/** README, changes, security and everything in docs. */
export function readManual(): Manual {
  const docs = readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name));
  const paths = ['README.md', 'CHANGELOG.md', 'SECURITY.md', ...docs.sort()];
  return {
    pages: paths.map((path) => parsePage(path, readFileSync(path, 'utf8'))),
    exists: (path) => existsSync(path),
  };
}

/** A manual that a test makes up. */
export function madeUp(files: Record<string, string>): Manual {
  return {
    pages: Object.entries(files)
      .filter(([path]) => path.endsWith('.md'))
      .map(([path, text]) => parsePage(path, text)),
    exists: (path) => path in files,
  };
}

/** Reads a page: its prose, and its fenced blocks. */
export function parsePage(path: string, text: string): Page {
  const blocks: Block[] = [];
  let [open, heading, indent]: [Block | null, string, string] = [null, '', ''];
  const prose = text.split('\n').map((line, index) => {
    const fence = /^(\s*)```(\S*)/.exec(line);
    if (open && fence) open = null;
    else if (open) open.code += `${line.replace(indent, '')}\n`;
    else if (fence) {
      indent = fence[1] ?? '';
      open = { line: index + 1, heading, language: fence[2] ?? '', code: '' };
      blocks.push(open);
    } else {
      heading = /^#+ (.*)$/.exec(line)?.[1] ?? heading;
      return line;
    }
    return '';
  });
  const lines = text.replace(/\n$/, '').split('\n').length;
  return { path, text, prose: prose.join('\n'), blocks, lines };
}

/** The first line of each block that is made by indenting, which no test would find. */
export function indentedBlocks({ pages }: Manual): Fault[] {
  return pages.flatMap((page) => {
    const lines = page.prose.split('\n');
    // Within a list, indented lines belong to an item.
    let inList = false;
    return lines.flatMap((line, index) => {
      if (/^\S/.test(line)) inList = /^(?:[-*]|\d+\.) /.test(line);
      const begins = /^ {4}/.test(line) && lines[index - 1] === '';
      return begins && !inList ? [fault(page, index + 1, 'has a block without a fence')] : [];
    });
  });
}

/** The line in which a place of the text is. */
export const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length;
