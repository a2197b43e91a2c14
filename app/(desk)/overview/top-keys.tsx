import type { TopKey } from '@/lib/overview/list-top-keys';
import { KeyHint } from '../keys/key-hint';
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
        <thead>
          <tr>
            <th scope="col">Username</th>
            <th scope="col">API Key</th>
            <th scope="col">Calls</th>
            <th scope="col">Refused</th>
          </tr>
        </thead>
        <tbody>
          {keys.map((key) => (
            <tr key={key.id}>
              <th scope="row" data-label="Username" className="font-medium wrap-anywhere">
                <bdi>{key.username}</bdi>
              </th>
              <td data-label="API Key">
                <KeyHint hint={key.hint} to={key.id} />
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
