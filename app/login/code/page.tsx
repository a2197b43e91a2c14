import type { Metadata } from 'next';
import Link from 'next/link';
import { redirect } from 'next/navigation';
import { Notice } from '@/components/notice';
import { findAskedAddress } from '@/lib/auth/asked-address';
import { findPendingId } from '@/lib/auth/pending-cookie';
import { findPendingSignIn, type PendingSignIn } from '@/lib/auth/pending-sign-in';
import { signInMessage } from '@/lib/auth/sign-in-messages';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { signInCodeAction } from '../actions';
import { AddressNotice } from '../address-notice';
import { CodeForm } from './code-form';

export const metadata: Metadata = { title: 'Sign in' };

export default async function CodePage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const params = await searchParams;
  const message = signInMessage(params.said);
  const next = safeRedirect(params.next, '/keys');
  const again = listPath('/login', { next });
  const pendingId = await findPendingId();
  const pending = pendingId ? await findPendingSignIn(pendingId) : null;
  const asked = await findAskedAddress();
  if (!pending && !asked.isElsewhere) redirect(again);
  return (
    <main className="mx-auto grid min-h-dvh w-full max-w-sm content-center gap-6 px-4 py-10">
      <header className="grid gap-1">
        <p className="font-semibold text-accent">Keydesk</p>
        <h1>Sign in</h1>
        {pending ? <Reached {...pending} /> : null}
      </header>
      <AddressNotice {...asked} />
      {message ? <Notice look="bad">{message}</Notice> : null}
      {pending ? <CodeForm action={signInCodeAction} next={next} /> : null}
      <p>
        <Link prefetch={false} href={again} className="text-accent underline">
          Start again
        </Link>
      </p>
    </main>
  );
}

function Reached({ by, username }: PendingSignIn) {
  return (
    <p className="text-muted wrap-anywhere">
      {by === 'password' ? 'The password of ' : 'The sign-in of '}
      <bdi className="font-semibold text-ink">{username}</bdi> was right. One more step.
    </p>
  );
}
