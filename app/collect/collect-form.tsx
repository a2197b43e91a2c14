'use client';

import { type ReactNode, useEffect, useRef } from 'react';
import { useLeaveGuard } from '@/app/(desk)/keys/use-leave-guard';
import { CopyButton } from '@/components/copy-button';
import { FormMessage } from '@/components/form-message';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import type { CollectAnswer } from './collect-answer';
import { collectInBrowser } from './collect-in-browser';
import { collectLabels as labels } from './collect-labels';
import { CollectedBefore } from './collected-before';

type Props = {
  id: string;
  action: FormAction<CollectAnswer>;
  intro: ReactNode;
  /** What is asked for besides the click. */
  children: ReactNode;
};

/** One click, and the key. Until then nothing happens, however often the page is loaded. */
export function CollectForm({ id, action, intro, children }: Props) {
  const posted = useFormAction(typeof window === 'undefined' ? action : collectInBrowser(action));
  const { state } = posted;
  if (state.status === 'done' && state.data.outcome === 'opened') {
    return <CollectedKey {...state.data} />;
  }
  if (state.status === 'done' && state.data.outcome === 'collected-before') {
    return <CollectedBefore id={id} of={posted} {...state.data} />;
  }
  if (state.status === 'done' && state.data.outcome === 'stopped') {
    return <Notice look="good">{labels.stopped}</Notice>;
  }
  return (
    <>
      {intro}
      <ActionForm of={posted} className="grid gap-4">
        <FormMessage />
        <input type="hidden" name="id" value={id} />
        {children}
        <SubmitButton look="primary">{labels.show}</SubmitButton>
      </ActionForm>
    </>
  );
}

type Opened = Extract<CollectAnswer, { outcome: 'opened' }>;

function CollectedKey({ secret, username, active }: Opened) {
  const section = useRef<HTMLElement>(null);
  const copied = useRef(false);
  useLeaveGuard(copied, () => undefined);
  // The button that was pressed is gone: the next one is "Copy".
  useEffect(() => section.current?.querySelector('button')?.focus(), []);
  return (
    <section ref={section} aria-label={labels.section} className="grid gap-3">
      <Notice look="good">
        <bdi>{labels.isOf(username)}</bdi>
      </Notice>
      <p>{labels.once}</p>
      <code
        data-testid="secret"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all select-all"
      >
        {secret}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton
          text={secret}
          onCopied={() => {
            copied.current = true;
          }}
        />
      </div>
      {active ? null : <Notice look="warn">{labels.isOff}</Notice>}
    </section>
  );
}
