import type { LinkFacts as Facts } from './issued-secret';

/** The code, how long the link works, and who could open it. */
export function LinkFacts({ facts: { code, facts, honest } }: { facts: Facts }) {
  return (
    <>
      {code ? (
        <p>
          {code.label}{' '}
          <code data-testid="link-code" className="text-base font-semibold select-all">
            {code.digits}
          </code>
          . {code.hint}
        </p>
      ) : null}
      <p>{facts}</p>
      <p className="text-muted">{honest}</p>
    </>
  );
}
