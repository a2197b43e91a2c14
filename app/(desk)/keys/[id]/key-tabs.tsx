import Link from 'next/link';
import { keyPageLabels as labels } from './key-page-labels';
import { type KeyPlace, keyTabs } from './key-place';

/** The parts of the page, each with an address of its own. */
export function KeyTabs({ place }: { place: KeyPlace }) {
  return (
    <nav aria-label={labels.sections} className="flex gap-1 border-b border-line">
      {keyTabs.map((tab) => (
        <Link
          key={tab}
          href={place.path({ tab })}
          prefetch={false}
          aria-current={tab === place.tab ? 'page' : undefined}
          className="-mb-px border-b-2 border-transparent px-3 py-2 text-muted hover:text-ink aria-[current]:border-accent aria-[current]:font-medium aria-[current]:text-ink"
        >
          {labels.tabs[tab]}
        </Link>
      ))}
    </nav>
  );
}
