import { z } from 'zod';

/** Empty means unset: compose files and shells pass unset variables as empty strings. */
const unsetWhenEmpty = (value: unknown) => (value === '' ? undefined : value);

/** A setting from the environment. */
export const setting = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(unsetWhenEmpty, schema);
