'use client';

import { useEffect, useState } from 'react';
import { Fact } from '@/components/fact';
import { Moment } from '@/components/moment';
import type { KeyUse } from '@/lib/keys/use/key-use';
import { callWords } from './call-labels';
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
    return <p className="text-muted">How much this key is used could not be looked up.</p>;
  }
  return (
    <div className="grid gap-2 rounded-md border border-line bg-sunken p-3">
      <dl
        aria-busy={known === 'asked' || undefined}
        className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 gap-y-1"
      >
        <Fact term="Last used">
          {known === 'asked' ? (
            '…'
          ) : (
            <Moment at={known.lastUsedAt ? new Date(known.lastUsedAt) : null} />
          )}
        </Fact>
        <Fact term="In 24 hours">{known === 'asked' ? '…' : callWords(known.day)}</Fact>
        <Fact term="In 7 days">{known === 'asked' ? '…' : callWords(known.week)}</Fact>
        <Fact term="From">
          {known === 'asked' ? '…' : <SourceList sources={known.sources} none="no address known" />}
        </Fact>
      </dl>
      <p className="text-muted">As of half a minute ago. Addresses are what services told.</p>
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
