import { Notice } from '@/components/notice';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { listTwins } from '@/lib/users/list-twins';
import { usersLabels as labels } from './users-labels';

const mostShown = 5;

/** Users whose names nobody can tell apart, to who can change that; they are listed, and stay as they are. */
export async function TwinsNotice({ administrator }: { administrator: Administrator }) {
  if (!hasRole(administrator, 'operator')) return null;
  const found = await listTwins(administrator, mostShown + 1);
  if (found.length === 0) return null;
  return (
    <Notice look="warn">
      <p>{labels.twins}</p>
      <ul className="list-disc pl-5">
        {found.slice(0, mostShown).map(({ found: first, others }) => (
          <li key={first}>
            {[first, ...others].map((name, at) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the names are what cannot be told apart
              <span key={at}>
                {at > 0 ? ', ' : null}
                <bdi className="font-semibold whitespace-pre-wrap">{name}</bdi>
              </span>
            ))}
          </li>
        ))}
      </ul>
      {found.length > mostShown ? <p>{labels.moreTwins}</p> : null}
    </Notice>
  );
}
