'use client';

import { useSyncExternalStore } from 'react';
import { Notice } from '@/components/notice';
import { Phrase } from '@/components/phrase';
import { addressLabels } from './address-labels';

type Props = {
  /** Whether the server thinks so; a proxy may have told it another host than the browser's. */
  isElsewhere: boolean;
  /** Where Keydesk can be used, and the page there that was asked for. */
  origins: string[];
  address: string;
};

const never = () => () => undefined;

/** Says before anything is typed that Keydesk was opened at an address where signing in cannot work. */
export function AddressNotice({ isElsewhere, origins, address }: Props) {
  const isShown = useSyncExternalStore(
    never,
    () => !origins.includes(window.location.origin),
    () => isElsewhere,
  );
  if (!isShown) return null;
  return (
    <Notice look="warn">
      <Phrase text={addressLabels.wrongAddress}>
        <a href={address} className="underline">
          {origins[0]}
        </a>
      </Phrase>
    </Notice>
  );
}
