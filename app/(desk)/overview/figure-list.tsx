import Link from 'next/link';
import type { DeskFigures } from '@/lib/overview/desk-figures';
import { overviewLabels as labels } from './overview-labels';

type Props = { figures: DeskFigures; day: { calls: number; refused: number } };

/** How the desk stands, each figure leading to what it counts. */
export function FigureList({ figures, day }: Props) {
  const shown = [
    { value: labels.figure(figures.active), text: labels.active, href: '/keys?status=active' },
    {
      value: labels.figure(figures.inactive),
      text: labels.inactive,
      href: '/keys?status=inactive',
    },
    { value: labels.figure(figures.expired), text: labels.expired, href: '/keys?status=expired' },
    { value: labels.figure(figures.users), text: labels.users, href: '/users' },
    { value: labels.number(day.calls), text: labels.calls, href: '#top' },
    { value: labels.share(day.refused, day.calls), text: labels.refused, href: '#calls' },
  ];
  return (
    <ul
      aria-label={labels.figures}
      className="panel grid grid-cols-2 gap-px overflow-hidden sm:grid-cols-3 lg:grid-cols-6"
    >
      {shown.map(({ value, text, href }) => (
        <li key={text} className="outline outline-line">
          <Link prefetch={false} href={href} className="grid h-full px-4 py-3 hover:bg-sunken">
            <span className="text-xl font-semibold tabular-nums">{value}</span>
            <span className="text-muted">{text}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
