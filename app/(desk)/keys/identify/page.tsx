import type { Metadata } from 'next';
import { BackButton } from '@/components/back-button';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { reportLabels } from '../report-labels';
import { IdentifyDesk } from './identify-desk';
import { identifyLabels as labels } from './identify-labels';

export const metadata: Metadata = { title: labels.title };

/** What the dialog of the report asks, without JavaScript. */
export default async function IdentifyPage() {
  const administrator = await requireAdministrator('viewer');
  return (
    <div className="grid max-w-2xl gap-4">
      <PageHead title={labels.title} trail={[{ text: reportLabels.title, href: '/keys' }]} />
      <IdentifyDesk administrator={administrator} />
      <div>
        <BackButton to="/keys">{labels.back}</BackButton>
      </div>
    </div>
  );
}
