import { BackButton } from '@/components/back-button';
import { ShownOnce } from '../shown-once';

type Props = { id: string; secret: string; message: string };

/** The secret of a webhook, for the program that receives its notices. */
export function SigningSecret({ id, secret, message }: Props) {
  return (
    <div className="grid gap-3 panel p-4">
      <ShownOnce
        label="Signing secret"
        message={message}
        hint="The receiver checks with it that a notice is from here. It is shown this once."
        lines={[secret]}
      />
      <div>
        <BackButton to={`/settings/notices/${id}`}>I have copied it</BackButton>
      </div>
    </div>
  );
}
