import { Fragment, type ReactNode } from 'react';

/** A sentence with `{}` where the one child stands, so that other languages can order it anew. */
export function Phrase({ text, children }: { text: string; children: ReactNode }) {
  return text.split('{}').map((part, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a fixed sentence keep their order
    <Fragment key={at}>
      {at > 0 ? children : null}
      {part}
    </Fragment>
  ));
}
