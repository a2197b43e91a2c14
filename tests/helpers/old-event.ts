import { pagePool } from '@/db/client';
import { chainKey, genesis, sealEvent } from '@/lib/audit/chain';
import { testSettings } from './settings';

/** An event of 2020 with its seal, the first of an empty audit. */
export async function insertOldEvent() {
  const event = {
    ...{ seq: 1, epoch: '1577836800.000000', actorId: null, actor: 'ada', action: 'user.create' },
    ...{ targetType: 'user', targetId: null, target: 'old', outcome: 'done', address: '::1' },
  };
  const key = chainKey(Buffer.from(testSettings.AUDIT_KEY, 'base64'));
  const mac = sealEvent(key, genesis.mac, { ...event, details: {} });
  await pagePool().query(
    `insert into audit_event (seq, at, actor, action, target_type, target, outcome, address, mac)
     values (1, to_timestamp(1577836800), 'ada', 'user.create', 'user', 'old', 'done', '::1', $1)`,
    [mac],
  );
}
