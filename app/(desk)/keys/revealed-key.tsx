'use client';

import { type FormEvent, useRef, useState } from 'react';
import { BackButton } from '@/components/back-button';
import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';
import type { IssuedSecret } from './issued-secret';
import { LeaveQuestion } from './leave-question';
import { useLeaveGuard } from './use-leave-guard';

type Props = {
  issued: IssuedSecret;
  /** Where "I have copied it" leads when nobody handles it. */
  doneTo: string;
  onDone?: () => void;
};

/** The secret, this once. Leaving needs "I have copied it" or a second look. */
export function RevealedKey({ issued, doneTo, onDone }: Props) {
  const acknowledged = useRef(false);
  const [leavingTo, setLeavingTo] = useState<string | null>(null);
  useLeaveGuard(acknowledged, setLeavingTo);
  function acknowledge(event: FormEvent) {
    acknowledged.current = true;
    if (!onDone) return;
    event.preventDefault();
    onDone();
  }
  return (
    <section aria-label="New API key" className="grid gap-3">
      <Notice look="good">{issued.message}</Notice>
      <p>
        {issued.revealable
          ? 'Copy it now. Only an admin can see it again, with a reason.'
          : 'Copy it now. It is shown this once and kept nowhere.'}
      </p>
      <code
        data-testid="secret"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all select-all"
      >
        {issued.secret}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={issued.secret} />
        <div className="contents" onSubmit={acknowledge}>
          <BackButton to={doneTo}>I have copied it</BackButton>
        </div>
      </div>
      {leavingTo ? (
        <LeaveQuestion
          text={
            issued.revealable
              ? 'Only an admin can see this key again. Leave without copying it?'
              : 'This key cannot be shown again. Leave without copying it?'
          }
          onStay={() => setLeavingTo(null)}
          onLeave={() => {
            acknowledged.current = true;
            window.location.assign(leavingTo);
          }}
        />
      ) : null}
    </section>
  );
}
