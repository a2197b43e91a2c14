import { type Letter, minute, oneLine, written } from './letter';
import { letterTexts as texts } from './letter-texts';
import type {
  DeadKey,
  ExpiringKey,
  FailedSignIns,
  FoundKey,
  HeldKeys,
  LeakedKey,
  Notice,
  UncollectedKey,
} from './messages';
import { isOwnerMail, ownerLetter } from './owner-letter';

/** A mail in plain text. Names appear only in the text, never in a header. */
export function letter(message: Notice, home: string): Letter {
  if (message.type === 'test') return written(texts.test, [message.data.text], home);
  if (message.type === 'account.failed_sign_ins') return failedSignIns(message.data, home);
  if (message.type === 'policy.idle_keys_held') return heldKeys(message.data, home);
  if (isOwnerMail(message)) return ownerLetter(message, home);
  const { keys, total } = message.data;
  const more = total - keys.length;
  const rest = more > 0 ? [texts.more(more.toLocaleString('en'), home)] : [];
  if (message.type === 'key.expiring') {
    const parts = [texts.expiringBegin, ...message.data.keys.map(expiring), ...rest];
    return written(texts.expiring(total), parts, home);
  }
  if (message.type === 'key.leaked') {
    const parts = [texts.leakedBegin, ...message.data.keys.map(leaked), ...rest];
    return written(texts.leaked(total), parts, home);
  }
  if (message.type === 'key.uncollected') {
    const parts = [texts.uncollectedBegin, ...message.data.keys.map(uncollected), ...rest];
    return written(texts.uncollected(total), [...parts, texts.uncollectedAdvice], home);
  }
  const parts = [texts.deadBegin, ...message.data.keys.map(dead), ...rest];
  return written(texts.dead(total), parts, home);
}

function heldKeys({ due, active, allowed, link }: HeldKeys, home: string): Letter {
  const numbers = [due, active, allowed].map((count) => count.toLocaleString('en'));
  const [some = '', all = '', most = ''] = numbers;
  return written(texts.heldKeys, [texts.held(some, all, most), texts.heldAdvice, link], home);
}

function failedSignIns(data: FailedSignIns, home: string): Letter {
  const count = data.failures.toLocaleString('en');
  const parts = [
    texts.failures(count, oneLine(data.username), oneLine(data.lastAddress)),
    texts.failuresAdvice,
    data.link,
  ];
  return written(texts.failedSignIns, parts, home, texts.failuresEnd);
}

const titled = ({ username, name, hint }: FoundKey) =>
  [oneLine(username), oneLine(name), hint].filter(Boolean).join(' · ');

function expiring(key: ExpiringKey): string {
  const { daysLeft, expiresAt, link } = key;
  const left = [texts.today, texts.tomorrow][daysLeft] ?? texts.inDays(daysLeft);
  return `${titled(key)}\n  ${texts.expires(left, minute(expiresAt))}\n  ${link}`;
}

function dead(key: DeadKey): string {
  const { secret, calls, lastAddress, lastTriedAt, link } = key;
  const what = secret === 'deleted' ? texts.deletedKey : texts.replacedSecret;
  const from = lastAddress ? texts.lastFrom(oneLine(lastAddress)) : '';
  return `${titled(key)}\n  ${texts.calls(what, calls, minute(lastTriedAt), from)}\n  ${link}`;
}

function leaked(key: LeakedKey): string {
  const { source, url, result, link } = key;
  const where = url ? `\n  ${oneLine(url)}` : '';
  const what = texts.leakedBy(oneLine(source), texts.leakResults[result]);
  return `${titled(key)}\n  ${what}${where}\n  ${link}`;
}

function uncollected(key: UncollectedKey): string {
  const { reason, result, endedAt, link } = key;
  const why = texts.uncollectedBy[reason](minute(endedAt));
  return `${titled(key)}\n  ${why}: ${texts.uncollectedResults[result]}\n  ${link}`;
}
