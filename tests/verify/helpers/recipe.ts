import { blocksOf } from '../../manual/helpers/run-block';

/** The blocks of a page by their language. */
export type Texts = Record<string, string>;

/** The first block of each language on a page of the manual, so that the documented text is tested. */
export function recipe(page: string, languages: string[], values: Texts): Texts {
  const blocks = languages.map((language) => [language, blocksOf(page, language)[0] ?? '']);
  for (const name of Object.keys(values)) {
    if (!blocks.some(([, text]) => text?.includes(name))) {
      throw new Error(`${page} does not mention ${name}.`);
    }
  }
  return edited(Object.fromEntries(blocks), (text) =>
    Object.entries(values).reduce((all, [from, to]) => all.replaceAll(from, to), text),
  );
}

/** The same change in each block. */
export function edited(texts: Texts, edit: (text: string) => string): Texts {
  return Object.fromEntries(
    Object.entries(texts).map(([language, text]) => [language, edit(text)]),
  );
}
