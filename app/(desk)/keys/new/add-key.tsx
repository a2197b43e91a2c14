'use client';

import { type ReactNode, useState } from 'react';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { usePostedForm } from '@/components/posting/form-scope';
import { SubmissionId } from '@/components/posting/submission-id';
import type { PostedForm } from '@/components/posting/use-form-action';
import { listPath } from '@/lib/lists/list-path';
import type { CreatedKey } from '../issued-secret';
import { RevealedKey } from '../revealed-key';

type Props = {
  formId: string;
  requestId: string;
  back: string;
  /** The fields, and the same for the key after the first. */
  first: ReactNode;
  next: ReactNode;
  buttons: ReactNode;
};

/** The form, or the key that it has made. Keys of "Save & add new" stand beside the form. */
export function AddKey({ formId, requestId, back, first, next, buttons }: Props) {
  const { state } = usePostedForm() as PostedForm<CreatedKey>;
  const made = state.status === 'done' ? state.data : null;
  if (made?.after === 'close') {
    const another = listPath('/keys/new', { user: made.username, back });
    return (
      <div className="panel max-w-2xl p-4">
        <RevealedKey issued={made} back={back} another={another} />
      </div>
    );
  }
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[36rem_minmax(0,1fr)]">
      {made ? (
        <div className="grid max-w-xl gap-4 lg:order-last">
          <IssuedKeys latest={made} back={back} />
        </div>
      ) : null}
      <div className="grid max-w-xl gap-4">
        <FormMessage />
        <ActionForm key={made?.keyId} id={formId} className="panel grid gap-4 p-4">
          <SubmissionId name="requestId" value={made?.nextRequestId ?? requestId} />
          {made ? next : first}
        </ActionForm>
        {buttons}
      </div>
    </div>
  );
}

/** The keys made with "Save & add new", each in sight until somebody says that they have it. */
function IssuedKeys({ latest, back }: { latest: CreatedKey; back: string }) {
  const [earlier, setEarlier] = useState<CreatedKey[]>([latest]);
  const [copied, setCopied] = useState<string[]>([]);
  if (!earlier.some((key) => key.keyId === latest.keyId)) setEarlier([latest, ...earlier]);
  const open = earlier.filter((key) => !copied.includes(key.keyId));
  return open.map((key) => (
    <div key={key.keyId} className="panel p-4">
      <RevealedKey
        issued={key}
        back={back}
        onDone={() => setCopied((before) => [...before, key.keyId])}
        aside
      />
    </div>
  ));
}
