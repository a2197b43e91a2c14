import { DeliveryField } from './delivery-field';
import type { MailChoice } from './mail-choice';
import { OverlapField } from './overlap-field';

/** What is chosen with a new secret. Rendered on the server, so that pages load no code for it. */
export function RegenerateFields({ mail }: { mail: MailChoice | null }) {
  return (
    <>
      <OverlapField />
      <DeliveryField replaces mail={mail} />
    </>
  );
}
