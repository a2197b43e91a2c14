import Link from 'next/link';
import { buttonClass } from '@/components/button';

export default function NotFound() {
  return (
    <main className="mx-auto grid max-w-md justify-items-start gap-4 px-4 py-24">
      <h1>There is nothing here</h1>
      <p className="text-muted">
        The address is wrong, the record has been deleted, or your role does not include it.
      </p>
      <Link href="/keys" className={buttonClass()}>
        Go to API keys
      </Link>
    </main>
  );
}
