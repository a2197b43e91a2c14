import { type Administrator, hasRole } from '@/lib/access/administrator';
import { switchKeyAction } from '../actions';
import { startBulkAction } from '../bulk/actions';
import { identifyKeyAction } from './actions';
import { IdentifyBox } from './identify-box';

type Props = {
  administrator: Administrator;
  /** Somebody had a whole key where it does not belong, and was sent here. */
  isExpected?: boolean;
};

/** Whose a key is, with what this administrator may do then. */
export function IdentifyDesk({ administrator, isExpected }: Props) {
  return (
    <IdentifyBox
      action={identifyKeyAction}
      switchAction={switchKeyAction}
      bulkAction={startBulkAction}
      maySwitch={hasRole(administrator, 'operator')}
      mayServe={hasRole(administrator, 'admin')}
      isExpected={isExpected}
    />
  );
}
