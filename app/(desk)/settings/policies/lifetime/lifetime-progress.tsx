import { buttonClass } from '@/components/button';
import { ProgressBar } from '@/components/progress-bar';
import type { LifetimeRun } from '@/lib/rules/preview-lifetimes';
import { lifetimeLabels as labels } from '../rule-labels';

/** How far the steps have come. They go on without this page. */
export function LifetimeProgress({ run, path }: { run: LifetimeRun; path: string }) {
  const { changed, total, finished } = run;
  if (finished) return <p className="font-medium">{labels.finished(changed)}</p>;
  return (
    <div className="panel grid gap-2 p-4">
      <ProgressBar text={labels.progress(changed, total)} value={changed} max={total} />
      <p className="text-muted">{labels.going}</p>
      <div>
        <a href={path} className={buttonClass('secondary', 'small')}>
          {labels.again}
        </a>
      </div>
    </div>
  );
}
