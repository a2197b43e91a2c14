import { CopyButton } from '@/components/copy-button';
import { Notice } from '@/components/notice';

type Props = { label: string; message: string; hint: string; lines: string[] };

/** What is shown this once and kept nowhere that it could be read from again. */
export function ShownOnce({ label, message, hint, lines }: Props) {
  return (
    <section aria-label={label} className="grid gap-3">
      <Notice look="good">{message}</Notice>
      <p>{hint}</p>
      <code
        data-testid="shown-once"
        className="block rounded-md border border-line bg-sunken p-3 font-semibold break-all whitespace-pre-line select-all"
      >
        {lines.join('\n')}
      </code>
      <div className="flex flex-wrap gap-2">
        <CopyButton text={lines.join('\n')} />
      </div>
    </section>
  );
}
