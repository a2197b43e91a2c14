import { systemActor } from '@/lib/audit/record-event';
import { linkHolderName } from '@/lib/keys/hand-over/hand-over-input';
import { type Letter, minute, oneLine, written } from './letter';
import { letterTexts as texts } from './letter-texts';
import type { Notice, OwnedChangedKey, OwnedExpiringKey, OwnerMailType } from './messages';

type OwnerMail = Extract<Notice, { type: OwnerMailType }>;

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
  const by = nameOf(mail.data.by);
  const begin = texts.ownedChangedBegin(by);
  const parts = [begin, ...mail.data.keys.map(changed), ...rest, texts.ownedChangedAdvice(home)];
  return written(subjectOf(mail.data), parts, home, texts.ownerEnd);
}

/** Who acts without an account of their own has a name in words. */
function nameOf(by: string): string {
  if (by === linkHolderName) return texts.linkHolder;
  return by === systemActor.username ? texts.bySystem : oneLine(by);
}

const subjects = Object.entries(texts.ownedSubjects);

/** Named by the worst that happened: a leak comes before the switch-off that follows from it. */
function subjectOf({ keys, total }: { keys: OwnedChangedKey[]; total: number }): string {
  const worst = ['key.report-leak', ...subjects.map(([action]) => action)].find((action) =>
    keys.some(({ actions }) => (actions as string[]).includes(action)),
  );
  const [, text] = subjects.find(([action]) => action === worst) ?? [];
  return text ? text(total) : texts.ownedExpiring(total);
}

function titled({ username, name, hint }: OwnedExpiringKey | OwnedChangedKey): string {
  return [oneLine(username), oneLine(name), hint].filter(Boolean).join(' · ');
}

const used = (lastUsedAt: string | null) =>
  lastUsedAt ? texts.lastUsed(minute(lastUsedAt)) : texts.neverUsed;

function expiring(key: OwnedExpiringKey): string {
  const left = [texts.today, texts.tomorrow][key.daysLeft] ?? texts.inDays(key.daysLeft);
  const end = texts.expires(left, minute(key.expiresAt ?? ''));
  return `${titled(key)}\n  ${end}, ${used(key.lastUsedAt)}`;
}

function changed(key: OwnedChangedKey): string {
  const happened = key.actions.map((action) => `  ${whatHappened(action, key)}`);
  const end = key.expiresAt ? texts.ends(minute(key.expiresAt)) : texts.endsNever;
  return [titled(key), ...new Set(happened), `  ${end}, ${used(key.lastUsedAt)}`].join('\n');
}

function whatHappened(action: string, { owner, oldStopsAt }: OwnedChangedKey): string {
  if (action === 'key.transfer' && owner) {
    return texts.transferred(oneLine(owner.from), oneLine(owner.to));
  }
  if (action === 'key.regenerate') {
    return oldStopsAt ? texts.regeneratedUntil(minute(oldStopsAt)) : texts.regenerated;
  }
  return Object.entries(texts.ownedActions).find(([name]) => name === action)?.[1] ?? action;
}
