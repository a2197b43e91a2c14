import { Fragment, type ReactNode } from 'react';

/** A sentence that shows its child in place of `{}`, so that translations can order it differently. */
export function Phrase({ text, children }: { text: string; children: ReactNode }) {
  return text.split('{}').map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed sentence keep their order
    <Fragment key={at}>
      {at > 0 ? children : null}
      {part}
    </Fragment>
  ));
}
