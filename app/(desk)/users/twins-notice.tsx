import { Notice } from '@/components/notice';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { listTwins } from '@/lib/users/list-twins';

const mostShown = 5;

/** Users whose names nobody can tell apart, to who can change that; they are listed, and stay as they are. */
export async function TwinsNotice({ administrator }: { administrator: Administrator }) {
  if (!hasRole(administrator, 'operator')) return null;
  const found = await listTwins(administrator, mostShown + 1);
  if (found.length === 0) return null;
  return (
    <Notice look="warn">
      <p>
        Some users have names that look the same. A name finds the first of them, unless it is typed
        exactly. Rename or delete the others.
      </p>
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
      {found.length > mostShown ? <p>And more: npm run admin -- list-twins</p> : null}
    </Notice>
  );
}
