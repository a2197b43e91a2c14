import Link from 'next/link';
import { buttonClass } from './button';

type Props = {
  page: number;
  pages: number;
  total: number;
  noun: string;
  href: (page: number) => string;
};

/** Where one is in a list, and links that keep its filters. */
export function Pagination({ page, pages, total, noun, href }: Props) {
  return (
    <nav aria-label="Pages" className="flex flex-wrap items-center justify-between gap-3 px-3 py-2">
      <p className="text-muted tabular-nums">
        {total.toLocaleString('en')} {noun} · page {page} of {pages}
      </p>
      <div className="flex gap-2">
        <PageLink to={page > 1 ? href(page - 1) : null} text="Previous" rel="prev" />
        <PageLink to={page < pages ? href(page + 1) : null} text="Next" rel="next" />
      </div>
    </nav>
  );
}

function PageLink({ to, text, rel }: { to: string | null; text: string; rel: string }) {
  if (!to) return null;
  return (
    <Link prefetch={false} href={to} rel={rel} className={buttonClass('secondary', 'small')}>
      {text}
    </Link>
  );
}
