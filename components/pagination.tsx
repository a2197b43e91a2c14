import Link from 'next/link';
import { buttonClass } from './button';
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
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3 px-3 py-2">
      <p className="text-muted tabular-nums">
        {isExact ? '' : 'More than '}
        {total.toLocaleString('en')} {nouns[total === 1 ? 0 : 1]} · page {page.toLocaleString('en')}
        {pages === null ? '' : ` of ${pages.toLocaleString('en')}`}
        {isExact ? null : (
          <Link
            prefetch={false}
            href={href({ page, at: at || undefined, count: 'exact' })}
            className="ml-3 inline-block py-1 text-accent underline"
          >
            Count exactly
          </Link>
        )}
      </p>
      <div className="flex flex-wrap gap-2">
        <PageLink to={page > 2 ? href({}) : null} text="First" />
        <PageLink to={page > 1 ? href(back) : null} text="Previous" rel="prev" />
        <PageLink to={after ? href({ page: page + 1, at: after }) : null} text="Next" rel="next" />
        <PageLink to={after && page + 1 !== pages ? href({ at: 'end' }) : null} text="Last" />
      </div>
    </nav>
  );
}

function PageLink({ to, text, rel }: { to: string | null; text: string; rel?: string }) {
  if (!to) return null;
  const Anchor = rel === 'next' ? PrefetchLink : Link;
  return (
    <Anchor prefetch={false} href={to} rel={rel} className={buttonClass('secondary', 'small')}>
      {text}
    </Anchor>
  );
}
