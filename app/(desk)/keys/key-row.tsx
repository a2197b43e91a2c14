'use client';

import Link from 'next/link';
import { Moment } from '@/components/moment';
import type { KeySummary } from '@/lib/keys/key-summary';
import { isServiceKey } from '@/lib/keys/scope';
import { AskButton } from './ask-button';
import { askedOf } from './asked-of';
import { KeyHint } from './key-hint';
import { KeyStatusBadge } from './key-status-badge';
import { RevealButton } from './reveal-button';
import { SelectKey } from './select-key';
import { StatusSwitch } from './status-switch';

type Props = {
  row: KeySummary;
  number: number;
  back: string;
  mayChange: boolean;
  mayReveal: boolean;
  /** Whether service keys are theirs to change, too. */
  mayServe: boolean;
};

/** Made in the browser too, so that a row travels as its few facts and not once more as all its elements. */
export function KeyRow({ row, number, back, mayChange, mayReveal, mayServe }: Props) {
  const asked = askedOf(row);
  return (
    <tr>
      <td data-label="Sr. No." className="text-muted tabular-nums">
        {number}
      </td>
      <th scope="row" data-label="Username" className="font-medium min-[60rem]:min-w-36">
        <Link
          href={`/keys/${row.id}`}
          prefetch={false}
          id={`owner-${row.id}`}
          className="wrap-anywhere underline-offset-2 hover:underline"
        >
          <bdi>{row.username}</bdi>
        </Link>
      </th>
      <td data-label="API Key">
        {mayReveal && row.revealable ? (
          <div className="flex flex-wrap items-center">
            <KeyHint hint={row.hint} />
            <RevealButton id={row.id} back={back} />
          </div>
        ) : (
          <KeyHint hint={row.hint} />
        )}
      </td>
      <td data-label="Status">
        <KeyStatusBadge status={row.status} ownerActive={row.ownerActive} />
      </td>
      <td data-label="Name" className="wrap-anywhere min-[60rem]:min-w-24">
        {row.name ? <bdi>{row.name}</bdi> : <span className="text-muted">–</span>}
      </td>
      <td data-label="Created">
        <Moment at={row.createdAt} brief />
      </td>
      <td data-label="Last used">
        <Moment at={row.lastUsedAt} />
      </td>
      <td data-label="Expires">
        <Moment at={row.expiresAt} brief />
      </td>
      <td data-label="Actions">
        {mayChange ? (
          <div className="flex flex-wrap items-center gap-2 min-[60rem]:flex-nowrap min-[60rem]:justify-end">
            {mayServe || !isServiceKey(row.scopes) ? (
              <>
                <StatusSwitch asked={asked} active={row.active} back={back} />
                <AskButton question="regenerate" asked={asked} back={back} text="Edit" />
                <AskButton
                  question="delete"
                  asked={asked}
                  back={back}
                  text="Delete"
                  look="danger"
                />
                <SelectKey {...row} />
              </>
            ) : (
              <span className="text-muted">Only an admin can change it.</span>
            )}
          </div>
        ) : null}
      </td>
    </tr>
  );
}
