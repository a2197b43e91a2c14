import { systemActor } from '@/lib/audit/record-event';
import { idleRuleName } from '@/lib/audit/rule-actors';
import { linkHolderName } from '@/lib/keys/hand-over/hand-over-input';
import { type Letter, minute, oneLine, written } from './letter';
import { letterTexts as texts } from './letter-texts';
import {
  type Notice,
  type OwnedChangedKey,
  type OwnedExpiringKey,
  type OwnedIdleKey,
  type OwnerMailType,
  ownerMailTypes,
} from './messages';

type OwnerMail = Extract<Notice, { type: OwnerMailType }>;

export const isOwnerMail = (notice: Notice): notice is OwnerMail =>
  Object.keys(ownerMailTypes).includes(notice.type);

/** A mail to somebody about their own keys: what they are, what happened, and whom to ask. */
export function ownerLetter(mail: OwnerMail, home: string): Letter {
  const { keys, total } = mail.data;
  const more = total - keys.length;
  const rest = more > 0 ? [texts.ownerMore(more.toLocaleString('en'))] : [];
  if (mail.type === 'owner.keys_expiring') {
    const told = [texts.ownedExpiringBegin, ...mail.data.keys.map(expiring), ...rest];
    const parts = [...told, texts.ownedExpiringAdvice(home)];
    return written(texts.ownedExpiring(total), parts, home, texts.ownerEnd);
  }
  if (mail.type === 'owner.keys_idle') {
    const told = [texts.ownedIdleBegin, ...mail.data.keys.map(idle), ...rest];
    const parts = [...told, texts.ownedIdleAdvice(home)];
    return written(texts.ownedIdle(total), parts, home, texts.ownerEnd);
  }
  const by = actors[mail.data.by] ?? oneLine(mail.data.by);
  const begin = texts.ownedChangedBegin(by);
  const parts = [
    begin,
    ...mail.data.keys.map((key) => changed(key, mail.data.by)),
    ...rest,
    texts.ownedChangedAdvice(home),
  ];
  return written(subjectOf(mail.data), parts, home, texts.ownerEnd);
}

/** Who acts without being in the directory. */
const actors: Record<string, string> = {
  [linkHolderName]: texts.linkHolder,
  [idleRuleName]: texts.idleRule,
  [systemActor.username]: texts.bySystem,
};

const subjects = Object.entries(texts.ownedSubjects);

/** Named by the worst that happened: a leak comes before the switch-off that follows from it. */
function subjectOf({ keys, total }: { keys: OwnedChangedKey[]; total: number }): string {
  const worst = ['key.report-leak', ...subjects.map(([action]) => action)].find((action) =>
    keys.some(({ actions }) => (actions as string[]).includes(action)),
  );
  const [, text] = subjects.find(([action]) => action === worst) ?? [];
  return text ? text(total) : texts.ownedExpiring(total);
}

type Owned = OwnedExpiringKey | OwnedIdleKey | OwnedChangedKey;

function titled({ username, name, hint }: Owned): string {
  return [oneLine(username), oneLine(name), hint].filter(Boolean).join(' · ');
}

const used = (lastUsedAt: string | null) =>
  lastUsedAt ? texts.lastUsed(minute(lastUsedAt)) : texts.neverUsed;

const inDays = (days: number) => [texts.today, texts.tomorrow][days] ?? texts.inDays(days);

function idle(key: OwnedIdleKey): string {
  const stop = texts.stopsOn(inDays(key.daysLeft), key.stopsOn);
  return `${titled(key)}\n  ${stop}, ${used(key.lastUsedAt)}`;
}

function expiring(key: OwnedExpiringKey): string {
  const end = texts.expires(inDays(key.daysLeft), minute(key.expiresAt ?? ''));
  return `${titled(key)}\n  ${end}, ${used(key.lastUsedAt)}`;
}

function changed(key: OwnedChangedKey, by: string): string {
  const happened = key.actions.map((action) => `  ${whatHappened(action, key, by)}`);
  const end = key.expiresAt ? texts.ends(minute(key.expiresAt)) : texts.endsNever;
  return [titled(key), ...new Set(happened), `  ${end}, ${used(key.lastUsedAt)}`].join('\n');
}

function whatHappened(action: string, { owner, oldStopsAt }: OwnedChangedKey, by: string): string {
  if (action === 'key.transfer' && owner) {
    return texts.transferred(oneLine(owner.from), oneLine(owner.to));
  }
  // Whoever needs no account to collect is named as the link.
  if (action === 'key.collect' && by !== linkHolderName) return texts.collectedBy(oneLine(by));
  if (action === 'key.regenerate') {
    return oldStopsAt ? texts.regeneratedUntil(minute(oldStopsAt)) : texts.regenerated;
  }
  return Object.entries(texts.ownedActions).find(([name]) => name === action)?.[1] ?? action;
}
