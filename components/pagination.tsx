import { buttonClass } from './button';
import { listLabels as labels } from './list-labels';
import { momentLabels } from './moment-labels';
import { PrefetchLink } from './prefetch-link';

/** What a link to a page says: its number, its place in the list, whether to count all of it. */
type To = { page?: number; at?: string; count?: 'exact' };

type Counted = {
  /** Null where nobody has counted so far. */
  pages: number | null;
  total: number;
  /** Where it is not, there are more than `total`. */
  isExact: boolean;
};

type Props = {
  page: number;
  counted: Promise<Counted>;
  nouns: readonly [one: string, many: string];
  /** The place of this page, as its own address has it. */
  at: string;
  before: string | null;
  after: string | null;
  href: (to: To) => string;
};

/** Where one is in a list, and links that keep its filters: as soon as it is known how long it is. */
export async function Pagination({ page, counted, nouns, at, before, after, href }: Props) {
  const { total, isExact, pages } = await counted;
  const back = page > 2 && before !== null ? { page: page - 1, at: before } : {};
  return (
    <nav aria-label={labels.pages} className="foot">
      <p>
        {labels.rows(total, isExact, nouns)} · {labels.page(page, pages)} · {momentLabels.zone}
        {isExact ? null : (
          <a href={href({ page, at: at || undefined, count: 'exact' })}>{labels.countExactly}</a>
        )}
      </p>
      <PageLink to={page > 2 ? href({}) : null} text={labels.first} />
      <PageLink to={page > 1 ? href(back) : null} text={labels.previous} rel="prev" />
      {after ? (
        <PrefetchLink
          href={href({ page: page + 1, at: after })}
          rel="next"
          className={buttonClass('secondary', 'small')}
        >
          {labels.next}
        </PrefetchLink>
      ) : null}
      <PageLink to={after && page + 1 !== pages ? href({ at: 'end' }) : null} text={labels.last} />
    </nav>
  );
}

function PageLink({ to, text, rel }: { to: string | null; text: string; rel?: string }) {
  if (!to) return null;
  return (
    <a href={to} rel={rel} className={buttonClass('secondary', 'small')}>
      {text}
    </a>
  );
}
