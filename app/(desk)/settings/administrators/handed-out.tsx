import { BackButton } from '@/components/back-button';
import { ShownOnce } from '../shown-once';

export type HandedOutPassword = { username: string; password: string };

/** A one-time password, for handing over to whom it is for. */
export function HandedOut({ made, message }: { made: HandedOutPassword; message: string }) {
  return (
    <div className="grid gap-3">
      <ShownOnce
        label="One-time password"
        message={message}
        hint={`Give this one-time password to ${made.username}. It is shown this once, works for 24 hours, and has to be changed at the first sign-in.`}
        lines={[made.password]}
      />
      <div>
        <BackButton to="/settings">I have copied it</BackButton>
      </div>
    </div>
  );
}
