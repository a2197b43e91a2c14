'use client';

import { bulkBarLabels } from './bulk-bar-labels';
import { useSelection } from './use-selection';

/** How many rows are ticked; without JavaScript nobody counts. */
export function Selected() {
  const selected = useSelection();
  return <b>{selected === null ? null : bulkBarLabels.selected(selected)}</b>;
}
