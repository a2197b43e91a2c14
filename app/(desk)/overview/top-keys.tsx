import Link from 'next/link';
import type { TopKey } from '@/lib/overview/list-top-keys';
import { OverviewSection } from './overview-section';

export function TopKeys({ keys }: { keys: TopKey[] }) {
  return (
    <OverviewSection
      id="top"
      title="Busiest keys"
      about="Asked for most in 24 hours. Services that ask with keys of their own are left out."
      none={keys.length === 0 ? 'No calls.' : null}
    >
      <table className="report">
        <thead className="border-b border-line text-muted">
          <tr>
            <th scope="col">Username</th>
            <th scope="col">API Key</th>
            <th scope="col">Calls</th>
            <th scope="col">Refused</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line">
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
                <bdi>{key.username}</bdi>
              </th>
              <td data-label="API Key">
                <Link prefetch={false} href={`/keys/${key.id}`} className="text-accent underline">
                  <code className="text-[0.8125rem] whitespace-nowrap">{key.hint}</code>
                </Link>
                {key.name ? <bdi className="ml-2 wrap-anywhere">{key.name}</bdi> : null}
              </td>
              <td data-label="Calls" className="tabular-nums">
                {key.calls.toLocaleString('en')}
              </td>
              <td data-label="Refused" className="tabular-nums">
                {key.refused.toLocaleString('en')}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </OverviewSection>
  );
}
