import { Moment } from '@/components/moment';
import { type DeadKey, deadDays } from '@/lib/overview/list-dead-keys';
import { KeyHint } from '../keys/key-hint';
import { OverviewSection } from './overview-section';

/** What is refused for good, and callers come with it all the same. */
export function DeadKeys({ keys }: { keys: DeadKey[] }) {
  return (
    <OverviewSection
      id="dead"
      title="Dead keys still being tried"
      about={`Deleted keys and replaced secrets that callers came with in ${deadDays} days. Addresses are what services told.`}
      none={keys.length === 0 ? 'None.' : null}
    >
      <table className="report">
        <thead>
          <tr>
            <th scope="col">Former owner</th>
            <th scope="col">API Key</th>
            <th scope="col">What is tried</th>
            <th scope="col">Calls</th>
            <th scope="col">Last tried</th>
            <th scope="col">Last address</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((dead) => (
            <DeadRow key={dead.id} dead={dead} />
          ))}
        </tbody>
      </table>
    </OverviewSection>
  );
}

function DeadRow({ dead }: { dead: DeadKey }) {
  return (
    <tr>
      <th scope="row" data-label="Former owner" className="font-medium wrap-anywhere">
        <bdi>{dead.username}</bdi>
      </th>
      <td data-label="API Key">
        <KeyHint hint={dead.hint} to={dead.deleted ? undefined : dead.id} />
      </td>
      <td data-label="What is tried">{dead.deleted ? 'Deleted key' : 'Replaced secret'}</td>
      <td data-label="Calls" className="tabular-nums">
        {dead.calls.toLocaleString('en')}
      </td>
      <td data-label="Last tried">
        <Moment at={dead.lastTried} />
      </td>
      <td data-label="Last address">
        <LastAddress address={dead.lastAddress} />
      </td>
    </tr>
  );
}

function LastAddress({ address }: { address: string | null }) {
  if (address) return <code className="text-[0.8125rem] wrap-anywhere">{address}</code>;
  return <span className="text-muted">{address === '' ? 'not told' : '–'}</span>;
}
