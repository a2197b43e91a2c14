import type { Metadata } from 'next';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { SlowSearch } from '@/components/slow-search';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { isFilterTooLong, keyFilterParams, keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { searchTooLong } from '@/lib/lists/list-labels';
import { foundText, isSearchTooLong, type RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { findOwnerName } from '@/lib/users/find-owner-name';
import { anyDeliveryChoices } from './delivery-choices';
import { FoundCount } from './found-count';
import { identifyKeyAction } from './identify/actions';
import { IdentifyButton } from './identify/identify-button';
import { IdentifyDesk } from './identify/identify-desk';
import { WholeKeyOffer } from './identify/whole-key-offer';
import { ImportedNotice } from './import/imported-notice';
import { KeyNotices } from './key-notices';
import { KeyReport } from './key-report';
import { KeySearch } from './key-search';
import { ListFilter } from './list-filter';
import { OwnerFilter } from './owner-filter';
import { reportLabels as labels } from './report-labels';
import { ReportLinks } from './report-links';

export const metadata: Metadata = { title: labels.title };

export default async function KeysPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const raw = await searchParams;
  const { deleted, restored, added, bulk, imported, wholeKey, page, at, count, ...filters } =
    keyListParams.parse(raw);
  const errors = {
    username: isSearchTooLong(filters.username) ? searchTooLong : undefined,
    q: isSearchTooLong(filters.q) ? searchTooLong : undefined,
  };
  const asked = { ...filters, page, at, count };
  const answer = isFilterTooLong(filters)
    ? null
    : await orTooSlow(searchKeys(administrator, asked));
  const found = answer === 'too-slow' ? null : answer;
  const here = listPath('/keys', {
    ...filters,
    ...(found && found.page > 1 ? { page: found.page, at } : {}),
  });
  // The page that was asked for: the one that is shown may be another while a key is deleted.
  const askedList = listPath('/keys', { ...filters, ...(page > 1 || at ? { page, at } : {}) });
  const { owner } = filters;
  const ownerName = owner ? await findOwnerName(administrator, owner) : null;
  return (
    <>
      <PageHead title={labels.title} beside={<FoundCount found={found} />}>
        <IdentifyButton>
          <IdentifyDesk administrator={administrator} />
        </IdentifyButton>
        <ReportLinks
          exportPath={found ? listPath('/keys/export', keyFilterParams.parse(raw)) : null}
          back={here}
          mayChange={hasRole(administrator, 'operator')}
        />
      </PageHead>
      <KeySearch
        filters={filters}
        summary={foundText(found, labels.nouns)}
        errors={errors}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only={wholeKey && 'with JavaScript'} />}
      >
        {owner ? (
          <OwnerFilter
            username={ownerName}
            without={listPath('/keys', { ...filters, owner: undefined })}
          />
        ) : null}
        {filters.list ? (
          <ListFilter
            list={filters.list}
            without={listPath('/keys', { ...filters, list: undefined })}
          />
        ) : null}
      </KeySearch>
      {raw.owner && !owner ? <Notice look="warn">{labels.badOwner}</Notice> : null}
      {wholeKey ? <IdentifyDesk administrator={administrator} isExpected /> : null}
      <KeyNotices
        administrator={administrator}
        happened={{ deleted, restored, added, bulk }}
        back={askedList}
      />
      {imported ? <ImportedNotice administrator={administrator} id={imported} /> : null}
      {answer === 'too-slow' ? <SlowSearch advice={labels.slowAdvice} /> : null}
      {found ? (
        <KeyReport
          administrator={administrator}
          found={found}
          filters={filters}
          at={at}
          back={here}
          user={ownerName ?? filters.username}
          added={added}
          can={await anyDeliveryChoices()}
        />
      ) : null}
    </>
  );
}
