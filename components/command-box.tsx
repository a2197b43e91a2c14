import { CopyButton } from './copy-button';

type Props = {
  command: string;
  /** What the button that copies it says. */
  copy: string;
};

/** A command for a shell, to be copied as it stands. */
export function CommandBox({ command, copy }: Props) {
  return (
    <div className="grid justify-items-start gap-2">
      <pre
        data-testid="command"
        className="w-full rounded-md border border-line bg-sunken p-3 break-all whitespace-pre-wrap select-all"
      >
        {command}
      </pre>
      <CopyButton text={command} label={copy} look="secondary" />
    </div>
  );
}
