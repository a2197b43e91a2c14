import { safeRedirect } from '@/lib/forms/safe-redirect';
import { ownReferrer } from '@/lib/http/own-referrer';
import { choiceParam, type RawParams } from '@/lib/lists/list-params';
import { listPath, pathWith } from '@/lib/lists/list-path';
import { callRangeParams } from '@/lib/overview/call-input';

/** What the report says has just happened is not said again on return. */
const told = {
  deleted: undefined,
  restored: undefined,
  added: undefined,
  bulk: undefined,
  imported: undefined,
};

export const keyTabs = ['overview', 'settings', 'history'] as const;
export type KeyTab = (typeof keyTabs)[number];

const params = callRangeParams.extend({
  tab: choiceParam(keyTabs).transform((tab) => tab ?? 'overview'),
});

/**
 * Which part of a key's page is shown, and how to the others. Each of them knows the report behind, as it
 * was filtered: from the address, or from the page that led here.
 */
export function keyPlace(id: string, raw: RawParams, referrer: string | null) {
  const { tab, range } = params.parse(raw);
  const back = safeRedirect(raw.back, ownReferrer(referrer, '/keys') ?? '/keys');
  const list = /^\/keys(\?|$)/.test(back) ? pathWith(back, '/keys', told) : '/keys';
  const kept = list === '/keys' ? undefined : list;
  const path = (to: { tab?: KeyTab; range?: string }) =>
    listPath(`/keys/${id}`, {
      tab: to.tab === 'overview' ? undefined : to.tab,
      range: to.range === '24h' ? undefined : to.range,
      back: kept,
    });
  return { tab, range, list, path, here: path({ tab, range: tab === 'overview' ? range : '24h' }) };
}
export type KeyPlace = ReturnType<typeof keyPlace>;
