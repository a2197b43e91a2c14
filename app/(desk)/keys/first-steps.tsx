import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge } from '@/components/badge';
import { buttonClass } from '@/components/button';
import { hasRole, type Role } from '@/lib/access/administrator';
import { listPath } from '@/lib/lists/list-path';
import type { FirstSteps as Steps } from '@/lib/overview/first-steps';
import { firstStepsLabels } from './first-steps-labels';

type Props = { steps: Steps; role: Role; back: string };

const { intro, done, users, keys, service } = firstStepsLabels;

/** What to do first on an empty desk, and what of it is done. Each step is one link away. */
export function FirstSteps({ steps, role, back }: Props) {
  const mayChange = hasRole({ role }, 'operator');
  const isAdmin = hasRole({ role }, 'admin');
  return (
    <>
      <p>{intro}</p>
      <ol className="grid gap-3 text-left sm:grid-cols-3">
        <Step number={1} isDone={steps.users} {...users}>
          {mayChange ? (
            <>
              <Go to={listPath('/users/new', { back })} isNext={!steps.users} text={users.link} />
              <Go to="/users/import" text={users.import} />
            </>
          ) : null}
        </Step>
        <Step number={2} isDone={steps.keys} {...keys}>
          {mayChange ? (
            <Go to={listPath('/keys/new', { back })} isNext={steps.users} text={keys.link} />
          ) : null}
        </Step>
        <Step number={3} isDone={steps.service} {...service}>
          {isAdmin ? <Go to="/settings/service-keys" text={service.link} /> : null}
          {mayChange && !isAdmin ? <p>{service.onlyAdmins}</p> : null}
        </Step>
      </ol>
    </>
  );
}

type StepProps = {
  number: number;
  title: string;
  text: string;
  isDone: boolean;
  children: ReactNode;
};

function Step({ number, title, text, isDone, children }: StepProps) {
  return (
    <li className="panel flex flex-col gap-2 p-4">
      <p className="flex flex-wrap items-center gap-2 font-semibold text-ink">
        {number}. {title} {isDone ? <Badge look="good">✓ {done}</Badge> : null}
      </p>
      <p>{text}</p>
      <div className="mt-auto flex flex-wrap gap-2">{children}</div>
    </li>
  );
}

function Go({ to, text, isNext = false }: { to: string; text: string; isNext?: boolean }) {
  return (
    <Link prefetch={false} href={to} className={buttonClass(isNext ? 'primary' : 'secondary')}>
      {text}
    </Link>
  );
}
