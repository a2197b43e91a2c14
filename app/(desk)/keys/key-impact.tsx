'use client';

import { useEffect, useState } from 'react';
import { Fact } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { KeyUse } from '@/lib/keys/use/key-use';
import { callWords, useLabels as labels } from './call-labels';
import { SourceList } from './source-list';

type Props = {
  keyId: string;
  /** Where the server knows it already; a dialog asks when it opens. */
  use?: KeyUse | undefined;
};

/** Whom it would hurt: shown with every question that ends or changes a key. */
export function KeyImpact({ keyId, use }: Props) {
  const known = useKeyUse(keyId, use);
  if (known === 'unknown') {
    return <p className="text-muted">{labels.unknown}</p>;
  }
  return (
    <div className="grid gap-2 rounded-md border border-line bg-sunken p-3">
      <dl
        aria-busy={known === 'asked' || undefined}
        className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1"
      >
        <Fact term={labels.lastUsed}>
          {known === 'asked' ? (
            '…'
          ) : (
            <Moment at={known.lastUsedAt ? new Date(known.lastUsedAt) : null} />
          )}
        </Fact>
        <Fact term={labels.inDay}>{known === 'asked' ? '…' : callWords(known.day)}</Fact>
        <Fact term={labels.inWeek}>{known === 'asked' ? '…' : callWords(known.week)}</Fact>
        <Fact term={labels.from}>
          {known === 'asked' ? '…' : <SourceList sources={known.sources} />}
        </Fact>
      </dl>
      <p className="text-muted">{labels.note}</p>
    </div>
  );
}

function useKeyUse(keyId: string, given: KeyUse | undefined): KeyUse | 'asked' | 'unknown' {
  const [known, know] = useState<KeyUse | 'asked' | 'unknown'>(given ?? 'asked');
  useEffect(() => {
    if (given) return;
    const leaving = new AbortController();
    fetch(`/keys/${keyId}/impact`, { signal: leaving.signal })
      .then(async (answer) => know(answer.ok ? ((await answer.json()) as KeyUse) : 'unknown'))
      .catch(() => {
        if (!leaving.signal.aborted) know('unknown');
      });
    return () => leaving.abort();
  }, [keyId, given]);
  return given ?? known;
}
