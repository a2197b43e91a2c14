import type { Metadata } from 'next';
import Link from 'next/link';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { graceDay } from '@/lib/rules/lifetime-input';
import { findLifetimeRun, previewLifetimes } from '@/lib/rules/preview-lifetimes';
import { ProofNotice } from '../../proof-notice';
import { SettingsPage } from '../../settings-page';
import { shortenLifetimesAction } from '../rule-actions';
import { lifetimeLabels as labels } from '../rule-labels';
import { LifetimePreviewPanel } from './lifetime-preview';
import { LifetimeProgress } from './lifetime-progress';
import { LifetimeQuestion } from './lifetime-question';

export const metadata: Metadata = { title: labels.title };

const path = '/settings/policies/lifetime';
/** What the form begins with: a month, so that owners can act on the notices before. */
const usualDays = 31;

type Props = { searchParams: Promise<RawParams> };

/** Brings keys under the maximum lifetime that were made before it was set. */
export default async function LifetimePage({ searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const params = await searchParams;
  const asked = typeof params.until === 'string' ? params.until : undefined;
  const until = asked === undefined ? undefined : graceDay.safeParse(asked);
  const [{ longestLifetime }, run, preview] = await Promise.all([
    findKeyPolicy(),
    findLifetimeRun(administrator),
    until?.success ? orTooSlow(previewLifetimes(administrator, until.data)) : null,
  ]);
  const usual = new Date(Date.now() + usualDays * 86_400_000).toISOString().slice(0, 10);
  return (
    <SettingsPage administrator={administrator} at="policies" title={labels.title}>
      <div className="grid max-w-2xl gap-4">
        {longestLifetime === null ? (
          <p>
            {labels.none}{' '}
            <Link prefetch={false} href="/settings/policies" className="text-accent underline">
              {labels.policies}
            </Link>
          </p>
        ) : (
          <>
            <p className="text-muted">{labels.intro(longestLifetime)}</p>
            <ProofNotice
              administrator={administrator}
              here={listPath(path, { until: asked })}
              params={params}
            />
            {run ? <LifetimeProgress run={run} path={path} /> : null}
            {run && !run.finished ? null : (
              <LifetimeQuestion
                path={path}
                value={asked ?? usual}
                error={until?.error?.issues[0]?.message}
              >
                {preview === 'too-slow' ? <p>{labels.tooSlow}</p> : null}
                {preview && preview !== 'too-slow' && until?.success ? (
                  <LifetimePreviewPanel
                    preview={preview}
                    until={until.data}
                    action={shortenLifetimesAction}
                  />
                ) : null}
              </LifetimeQuestion>
            )}
          </>
        )}
      </div>
    </SettingsPage>
  );
}
