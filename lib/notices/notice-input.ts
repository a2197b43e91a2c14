import { z } from 'zod';
import { recordId, yesOrNo } from '@/lib/forms/text-input';
import { allTypes, chosenTypeNames } from './chosen-types';

export const mostWebhooks = 20;
export const mostRecipients = 20;

const webhookUrl = z
  .string('Enter a URL.')
  .transform((text) => text.trim())
  .refine((text) => text.length <= 2_000, 'Use at most 2,000 characters.')
  .transform((text, context): string => {
    const refuse = (message: string) => {
      context.addIssue({ code: 'custom', message });
      return z.NEVER;
    };
    const url = URL.canParse(text) ? new URL(text) : null;
    if (!url || !/^https?:$/.test(url.protocol)) {
      return refuse('Enter an address that begins with https://.');
    }
    if (url.username || url.password) return refuse('Leave out username and password.');
    if (url.hash) return refuse('Leave out what begins with #.');
    return url.href;
  });

/** Ticked types arrive under one name: none, one text, or a list. */
const chosenTypes = z.preprocess(
  (value) => (value === undefined ? [] : [value].flat()),
  z
    .array(z.enum([allTypes, ...chosenTypeNames]))
    .min(1, 'Choose at least one.')
    .max(200)
    .transform((types): string[] => (types.includes(allTypes) ? [allTypes] : [...new Set(types)])),
);

export const addWebhookInput = z.strictObject({
  id: recordId,
  url: webhookUrl,
  types: chosenTypes,
});
export const chooseTypesInput = z.strictObject({ id: recordId, types: chosenTypes });
export const webhookInput = z.strictObject({ id: recordId });
export const switchWebhookInput = z.strictObject({ id: recordId, active: yesOrNo });

const mailAddress = z.email();

/** Addresses separated by commas, blanks or line breaks, each once. */
export const recipientsInput = z.strictObject({
  recipients: z
    .string()
    .max(10_000, 'Use at most 10,000 characters.')
    .transform((text, context): string[] => {
      const parts = text.split(/[\s,;]+/).filter(Boolean);
      const wrong = parts.find((part) => part.length > 254 || !mailAddress.safeParse(part).success);
      const addresses = [...new Map(parts.map((part) => [part.toLowerCase(), part])).values()];
      if (wrong !== undefined) {
        const message = `"${wrong.slice(0, 64)}" is not an email address.`;
        context.addIssue({ code: 'custom', message });
      } else if (addresses.length > mostRecipients) {
        context.addIssue({ code: 'custom', message: `Use at most ${mostRecipients} addresses.` });
      }
      return addresses;
    }),
});

export const nothing = z.strictObject({});
