import { type Fault, fault, lineAt, type Manual } from './pages';

const form =
  /`((?:app|clients|components|db|deploy|docker|docs|lib|scripts|tests)\/[\w./()[\]-]+)`/g;

/** Made on the machine of the reader, by `deploy/make-secrets.sh`. */
const made = /^deploy\/secrets\//;

/** Files and folders of ours that a page names and that are not there. */
export function missingFiles({ pages, exists }: Manual): Fault[] {
  return pages.flatMap((page) =>
    [...page.prose.matchAll(form)]
      .filter(([, path = '']) => !made.test(path) && !exists(path))
      .map((found) =>
        fault(page, lineAt(page.prose, found.index), `names ${found[1]}, which is not there`),
      ),
  );
}
