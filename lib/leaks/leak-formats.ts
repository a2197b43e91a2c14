import { z } from 'zod';
import { leakMessages } from './leak-messages';
import { mostLeaked } from './leaked-secret';

const presented = z
  .array(z.string(leakMessages.notText).max(10_000))
  .min(1, leakMessages.noSecrets)
  .max(mostLeaked, leakMessages.tooMany(mostLeaked));

/** Our own format. */
export const ownReport = z.strictObject({
  secrets: presented,
  source: z.string(leakMessages.notText).max(1_000).optional(),
  url: z.string(leakMessages.notText).max(10_000).optional(),
});

/** The list that GitHub's API for revoking credentials takes. */
export const credentialList = z.strictObject({ credentials: presented });

/** A JSON report of gitleaks. Its findings have more fields, which differ between its versions. */
export const gitleaksReport = z.array(
  z.looseObject({
    Secret: z.string(leakMessages.notText),
    File: z.string().optional(),
    StartLine: z.number().optional(),
    /** The finding at the host of the repository, in newer versions. */
    Link: z.string().optional(),
  }),
);

const location = z.looseObject({
  physicalLocation: z
    .looseObject({
      artifactLocation: z.looseObject({ uri: z.string().optional() }).optional(),
      region: z
        .looseObject({
          startLine: z.number().optional(),
          snippet: z.looseObject({ text: z.string().optional() }).optional(),
        })
        .optional(),
    })
    .optional(),
});

/** The parts of SARIF 2.1.0 that are read. */
export const sarifReport = z.looseObject({
  version: z.literal('2.1.0'),
  runs: z.array(
    z.looseObject({
      tool: z.looseObject({ driver: z.looseObject({ name: z.string() }) }),
      results: z.array(z.looseObject({ locations: z.array(location).optional() })).nullish(),
    }),
  ),
});

/** Every body that `POST /api/v1/leaks` takes. */
export const leakReportBody = z.union([ownReport, credentialList, gitleaksReport, sarifReport]);
