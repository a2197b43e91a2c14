'use client';

import { useSyncExternalStore } from 'react';
import { Notice } from '@/components/notice';

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
      You cannot sign in at this address. Open Keydesk at{' '}
      <a href={address} className="underline">
        {origins[0]}
      </a>
      .
    </Notice>
  );
}
