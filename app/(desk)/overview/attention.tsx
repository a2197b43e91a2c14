import type { FormAction } from '@/lib/forms/form-state';
import { type KeyListName, keyListNames } from '@/lib/overview/key-list-input';
import type { KeyList } from '@/lib/overview/key-lists';
import type { DeadKey } from '@/lib/overview/list-dead-keys';
import type { UnreachedOwner } from '@/lib/overview/list-unreached-owners';
import type { HeldRun } from '@/lib/rules/find-held-run';
import { attentionLabels, deadKeyLabels, unreachedLabels } from './attention-labels';
import { DeadKeys } from './dead-keys';
import { HeldKeys } from './held-keys';
import { KeyListItem } from './key-list-item';
import { overviewLabels as labels } from './overview-labels';
import { UnreachedOwners } from './unreached-owners';

type Props = {
  dead: DeadKey[];
  /** Null where nobody is told by mail. */
  unreached: UnreachedOwner[] | null;
  /** Null where one could not be read in time. */
  lists: Record<KeyListName, KeyList | null>;
  /** Null unless the rule for unused keys has stopped itself. */
  held: HeldRun | null;
  action: FormAction;
  mayChange: boolean;
  isAdmin: boolean;
};

/** What somebody should look at; lists that are empty share one line. */
export function Attention(props: Props) {
  const { dead, unreached, lists, held, action, mayChange, isAdmin } = props;
  const due = keyListNames.filter((name) => lists[name] === null || lists[name].total > 0);
  const clear = [
    ...(dead.length === 0 ? [deadKeyLabels.clear] : []),
    ...(unreached?.length === 0 ? [unreachedLabels.clear] : []),
    ...keyListNames
      .filter((name) => !due.includes(name))
      .map((name) => attentionLabels[name].clear),
  ];
  const owners = unreached ?? [];
  const count =
    due.length + (dead.length > 0 ? 1 : 0) + (owners.length > 0 ? 1 : 0) + (held ? 1 : 0);
  const opened = openedOf([
    ['dead', dead.length],
    ['unreached', owners.length],
    ...due.map((name) => [name, lists[name]?.total ?? Number.POSITIVE_INFINITY] as const),
  ]);
  return (
    <section aria-labelledby="attention" className="grid gap-2">
      <h2 id="attention">{count > 0 ? labels.attention(count) : labels.allClear}</h2>
      {count > 0 ? (
        <ul className="panel divide-y divide-line">
          {held ? <HeldKeys held={held} isAdmin={isAdmin} /> : null}
          {dead.length > 0 ? <DeadKeys keys={dead} isOpen={opened.has('dead')} /> : null}
          {owners.length > 0 ? (
            <UnreachedOwners owners={owners} isOpen={opened.has('unreached')} />
          ) : null}
          {due.map((name) => (
            <KeyListItem
              key={name}
              name={name}
              list={lists[name]}
              action={action}
              mayChange={mayChange}
              isOpen={opened.has(name)}
            />
          ))}
        </ul>
      ) : (
        <p>{labels.nothing}</p>
      )}
      {clear.length > 0 ? <p className="text-muted">{labels.allClearOf(clear)}</p> : null}
    </section>
  );
}

const mostOpened = 3;

/** Short lists are open from the start, as long as they have no more rows than that together. */
function openedOf(lists: ReadonlyArray<readonly [name: string, rows: number]>): Set<string> {
  let room = mostOpened;
  const opened = new Set<string>();
  for (const [name, rows] of lists) {
    if (rows === 0 || rows > room) continue;
    opened.add(name);
    room -= rows;
  }
  return opened;
}
