import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { findPendingId } from '@/lib/auth/pending-cookie';
import { findPendingSignIn } from '@/lib/auth/pending-sign-in';
import type { RawParams } from '@/lib/list-params';
import { listPath } from '@/lib/list-path';
import { sameSitePath } from '@/lib/same-site-path';
import { signInCodeAction } from '../actions';
import { CodeForm } from './code-form';

export const metadata: Metadata = { title: 'Sign in' };

export default async function CodePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const next = sameSitePath((await searchParams).next, '/keys');
  const again = listPath('/login', { next });
  const pendingId = await findPendingId();
  const pending = pendingId ? await findPendingSignIn(pendingId) : null;
  if (!pending) redirect(again);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">Keydesk</p>
        <h1 className="text-2xl font-semibold">Sign in</h1>
        <p className="text-muted wrap-anywhere">
          {pending.by === 'password' ? 'The password of ' : 'The sign-in of '}
          <bdi className="font-semibold text-ink">{pending.username}</bdi> was right. One more step.
        </p>
      </header>
      <CodeForm action={signInCodeAction} next={next} />
      <p>
        <Link prefetch={false} href={again} className="text-accent underline">
          Start again
        </Link>
      </p>
    </main>
  );
}
