import { safeRedirect } from '@/lib/forms/safe-redirect';
import { choiceParam, type RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { callRangeParams } from '@/lib/overview/call-input';

export const keyTabs = ['overview', 'settings', 'history'] as const;
export type KeyTab = (typeof keyTabs)[number];

const params = callRangeParams.extend({
  tab: choiceParam(keyTabs).transform((tab) => tab ?? 'overview'),
});

/** Which part of a key's page is shown, and how to the others: each of them knows the list behind. */
export function keyPlace(id: string, raw: RawParams) {
  const { tab, range } = params.parse(raw);
  const back = safeRedirect(raw.back, '');
  const list = /^\/keys(\?|$)/.test(back) ? back : '/keys';
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
