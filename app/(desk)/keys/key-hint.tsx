import Link from 'next/link';

type Props = {
  hint: string;
  /** Of the key whose page it leads to, where it leads to one. */
  to?: string | undefined;
};

/** How a key is shown wherever it is named. */
export function KeyHint({ hint, to }: Props) {
  const code = <code className="text-[0.8125rem] whitespace-nowrap">{hint}</code>;
  if (!to) return code;
  return (
    <Link prefetch={false} href={`/keys/${to}`} className="text-accent underline">
      {code}
    </Link>
  );
}
