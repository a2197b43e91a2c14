import { Moment } from '@/components/moment';
import { momentText } from '@/components/moment-text';
import { type DeadKey, mostDeadKeys } from '@/lib/overview/list-dead-keys';
import { KeyHint } from '../keys/key-hint';
import { AttentionItem } from './attention-item';
import { deadKeyLabels as labels } from './attention-labels';

/** What is refused for good, and callers present it all the same. */
export function DeadKeys({ keys, isOpen }: { keys: DeadKey[]; isOpen: boolean }) {
  const last = Math.max(...keys.map(({ lastTried }) => lastTried.getTime()));
  const summary = labels.summary(keys.length, keys.length < mostDeadKeys);
  return (
    <AttentionItem
      id="dead"
      summary={summary + labels.last(momentText(new Date(last), Date.now()))}
      about={labels.about}
      isOpen={isOpen}
    >
      <table className="report border-t border-line">
        <thead>
          <tr>
            <th scope="col">{labels.owner}</th>
            <th scope="col">{labels.key}</th>
            <th scope="col">{labels.presented}</th>
            <th scope="col">{labels.calls}</th>
            <th scope="col">{labels.lastTried}</th>
            <th scope="col">{labels.lastAddress}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((dead) => (
            <DeadRow key={dead.id} dead={dead} />
          ))}
        </tbody>
      </table>
    </AttentionItem>
  );
}

function DeadRow({ dead }: { dead: DeadKey }) {
  return (
    <tr>
      <th scope="row" data-label={labels.owner} className="font-medium wrap-anywhere">
        <bdi>{dead.username}</bdi>
      </th>
      <td data-label={labels.key}>
        <KeyHint hint={dead.hint} to={dead.deleted ? undefined : dead.id} />
      </td>
      <td data-label={labels.presented}>{dead.deleted ? labels.deleted : labels.replaced}</td>
      <td data-label={labels.calls} className="tabular-nums">
        {dead.calls.toLocaleString('en')}
      </td>
      <td data-label={labels.lastTried}>
        <Moment at={dead.lastTried} />
      </td>
      <td data-label={labels.lastAddress}>
        {dead.lastAddress ? (
          <code className="text-[0.8125rem] wrap-anywhere">{dead.lastAddress}</code>
        ) : (
          <span className="text-muted">{dead.lastAddress === '' ? labels.noAddress : '–'}</span>
        )}
      </td>
    </tr>
  );
}
