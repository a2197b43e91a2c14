import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { TitledSection } from '@/components/titled-section';
import { idlePath } from '@/lib/rules/idle-path';
import { existingLabels as labels } from './rule-labels';

type Props = { idleDays: number | null; longestLifetime: number | null };

/** The rules that change keys which exist already; each has a page that shows first what it does. */
export function ExistingKeys({ idleDays, longestLifetime }: Props) {
  const lifetime =
    longestLifetime === null ? labels.lifetimeNone : labels.lifetimeAbout(longestLifetime);
  return (
    <TitledSection id="existing" title={labels.title}>
      <ul className="panel divide-y divide-line">
        <Rule
          title={labels.unused}
          about={idleDays === null ? labels.unusedOff : labels.unusedOn(idleDays)}
          href={idlePath}
          link={idleDays === null ? labels.setUp : labels.look}
        />
        <Rule
          title={labels.lifetime}
          about={lifetime}
          {...(longestLifetime !== null && {
            href: '/settings/policies/lifetime',
            link: labels.lifetimeDo,
          })}
        />
      </ul>
    </TitledSection>
  );
}

type RuleProps = { title: string; about: string; href?: string; link?: string };

function Rule({ title, about, href, link }: RuleProps) {
  return (
    <li className="grid gap-2 p-4">
      <h3 className="font-medium">{title}</h3>
      <p>{about}</p>
      {href ? (
        <div>
          <Link prefetch={false} href={href} className={buttonClass('secondary')}>
            {link}
          </Link>
        </div>
      ) : null}
    </li>
  );
}
