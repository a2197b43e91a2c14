/** Everything that is audited, with the words the screens use for it. Client-safe. */
export const auditActions = {
  'key.create': 'Key created',
  'key.regenerate': 'Key regenerated',
  'key.update': 'Key changed',
  'key.activate': 'Key switched on',
  'key.deactivate': 'Key switched off',
  'key.delete': 'Key deleted',
  'key.transfer': 'Key handed over',
  'key.restore': 'Key restored',
  'key.reveal': 'Secret revealed',
  'key.rewrap': 'Sealed secrets rewrapped',
  'policy.change': 'Policies changed',
  'user.create': 'User added',
  'user.update': 'User changed',
  'user.enable': 'User enabled',
  'user.disable': 'User disabled',
  'user.delete': 'User deleted',
  'user.import': 'Users imported',
  'administrator.create': 'Administrator made',
  'administrator.reset-password': 'Password reset',
  'administrator.link': 'Single sign-on linked',
  'audit.export': 'Audit exported',
  'administrator.change-role': 'Role changed',
  'account.change-password': 'Password changed',
  'account.second-factor-on': 'Second factor set up',
  'account.second-factor-off': 'Second factor removed',
  'account.recovery-codes': 'Recovery codes made',
  'session.sign-in': 'Signed in',
  'session.sign-out': 'Signed out',
  'session.sign-out-everywhere': 'Signed out everywhere',
  'session.end': 'Session ended',
  'session.prove': 'Proved who they are',
} as const;

export type AuditAction = keyof typeof auditActions;

export const auditActionNames = Object.keys(auditActions) as [AuditAction, ...AuditAction[]];
