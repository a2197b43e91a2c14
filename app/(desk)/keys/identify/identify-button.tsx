'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/button';
import { Dialog } from '@/components/dialog';
import { identifyLabels as labels } from './identify-labels';

/** Opens what is inside as a dialog; without JavaScript, the page that has the same. */
export function IdentifyButton({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <form
        action="/keys/identify"
        className="contents"
        onSubmit={(event) => {
          event.preventDefault();
          setOpen(true);
        }}
      >
        <Button type="submit">{labels.title}</Button>
      </form>
      <Dialog title={labels.title} open={open} onClose={close}>
        {children}
        <div>
          <Button onClick={close}>{labels.close}</Button>
        </div>
      </Dialog>
    </>
  );
}
