import Link from 'next/link';
import { mostUnreached, type UnreachedOwner } from '@/lib/overview/list-unreached-owners';
import { AttentionItem } from './attention-item';
import { unreachedLabels as labels } from './attention-labels';

/** Who should get mails about keys and does not: their address is missing or was refused. */
export function UnreachedOwners({ owners, isOpen }: { owners: UnreachedOwner[]; isOpen: boolean }) {
  return (
    <AttentionItem
      id="unreached"
      summary={labels.summary(owners.length, owners.length < mostUnreached)}
      about={labels.about}
      isOpen={isOpen}
    >
      <table className="report border-t border-line">
        <thead>
          <tr>
            <th scope="col">{labels.username}</th>
            <th scope="col">{labels.problem}</th>
          </tr>
        </thead>
        <tbody>
          {owners.map(({ id, username, refused, expiring }) => (
            <tr key={`${id} ${refused}`}>
              <th scope="row" data-label={labels.username} className="font-medium wrap-anywhere">
                <Link prefetch={false} href={`/users/${id}`} className="text-accent underline">
                  <bdi>{username}</bdi>
                </Link>
              </th>
              <td data-label={labels.problem} className="wrap-anywhere">
                {refused === null ? labels.noAddress(expiring) : labels.refused(refused)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </AttentionItem>
  );
}
