import { linkLabels as labels } from './delivery-labels';
import type { LinkFacts as Facts } from './issued-secret';

/** How long a link works, what it does, and who could open it. */
export function LinkFacts({ facts }: { facts: Facts }) {
  const { code, until, isReplacement } = facts;
  return (
    <>
      {code ? (
        <p>
          {labels.code}{' '}
          <code data-testid="link-code" className="text-base font-semibold select-all">
            {code}
          </code>
          . {labels.codeHint}
        </p>
      ) : null}
      <p>
        {labels.until(until.slice(0, 16).replace('T', ' '))}{' '}
        {isReplacement ? labels.replaces : labels.waits}
      </p>
      <p className="text-muted">
        {code ? labels.openCode : labels.open} {labels.kept}
      </p>
    </>
  );
}
