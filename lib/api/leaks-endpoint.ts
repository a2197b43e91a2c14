import 'server-only';
import { z } from 'zod';
import { rights } from '@/lib/access/rights';
import { leakReportBody } from '@/lib/leaks/leak-formats';
import { parseLeakReport } from '@/lib/leaks/parse-leak-report';
import { reportLeaksAs } from '@/lib/leaks/report-leaks-as';
import { jsonAnswer } from './answers';
import { defineEndpoint } from './endpoint';
import { refuseValues } from './read-checked';

/** In bytes. Scanners report where they found each secret, at length. */
const longestReport = 1_048_576;

export const leaksEndpoint = defineEndpoint({
  method: 'POST',
  path: '/leaks',
  operation: 'reportLeaks',
  summary: 'Report leaked secrets',
  scope: rights.reportLeaks.scope,
  // `parseLeakReport` reads it, because it knows the format from the report.
  body: z.unknown(),
  described: leakReportBody,
  longestBody: longestReport,
  success: {
    status: 202,
    description:
      'How many of the different secrets are of this installation. Nothing is kept of others.',
    schema: z.object({ known: z.int(), unknown: z.int() }).meta({ id: 'LeakAnswer' }),
  },
  problems: [],
  async run({ service, body }) {
    const report = parseLeakReport(body);
    if (report.outcome === 'refused') throw refuseValues(report.errors);
    return jsonAnswer(202, await reportLeaksAs(service, report.secrets, report.evidence));
  },
});
