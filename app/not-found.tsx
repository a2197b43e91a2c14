import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { pageLabels } from './page-labels';

export default function NotFound() {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 py-24">
      <h1>{pageLabels.notFound}</h1>
      <p className="text-muted">{pageLabels.notFoundWhy}</p>
      <Link href="/keys" className={buttonClass()}>
        {pageLabels.toKeys}
      </Link>
    </main>
  );
}
