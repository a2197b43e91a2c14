import type { DeliveryChoices } from './delivery-choices';
import { DeliveryField } from './delivery-field';
import { OverlapField } from './overlap-field';

/** What is chosen with a new secret. Rendered on the server, so that pages load no code for it. */
export function RegenerateFields({ can }: { can: DeliveryChoices }) {
  return (
    <>
      <OverlapField />
      <DeliveryField replaces can={can} />
    </>
  );
}
