import type { AuditActor } from './record-event';

/** Who changed a key where no person did, as the audit and mails name them. */
export const idleRuleName = 'rule for unused keys';

export const idleRuleActor: AuditActor = { id: null, username: idleRuleName, address: 'local' };

export const lifetimeRuleActor: AuditActor = {
  id: null,
  username: 'rule for the maximum lifetime',
  address: 'local',
};
