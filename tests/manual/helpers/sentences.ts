import { type Fault, fault, type Manual, type Page } from './pages';

export const mostWords = 30;

/** Sentences that nobody reads at once. Tables, headings and code do not count. */
export function longSentences({ pages }: Manual): Fault[] {
  return pages.flatMap((page) =>
    paragraphs(page).flatMap(({ line, text }) =>
      sentences(text)
        .map((sentence) => ({ sentence, words: countWords(sentence) }))
        .filter(({ words }) => words > mostWords)
        .map(({ sentence, words }) =>
          fault(page, line, `has a sentence of ${words} words: ${sentence.slice(0, 60)}…`),
        ),
    ),
  );
}

/** Paragraphs and items of lists, each with the line in which it begins. */
function paragraphs(page: Page): { line: number; text: string }[] {
  const found: { line: number; text: string }[] = [];
  let open = false;
  page.prose.split('\n').forEach((line, index) => {
    const text = line.trim();
    const skipped = text === '' || /^[|#<]/.test(text);
    const item = /^(?:[-*]|\d+\.)\s+(.*)$/.exec(text);
    const last = found.at(-1);
    if (skipped) open = false;
    else if (open && last && !item) last.text += ` ${text}`;
    else found.push({ line: index + 1, text: item?.[1] ?? text });
    if (!skipped) open = true;
  });
  return found;
}

/** Code counts as one word, and so does the address of a link. */
const sentences = (text: string) =>
  text
    .replace(/`[^`]*`/g, 'code')
    .replace(/\]\([^)]*\)/g, ']')
    .replaceAll('**', '')
    .split(/(?<=[.!?]["”)]?)\s+/);

const countWords = (sentence: string) =>
  sentence.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
