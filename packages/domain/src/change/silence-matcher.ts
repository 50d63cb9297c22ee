import { z } from 'zod';

/** One condition of a silence: this label has (or has not) this value. Regular expressions are anchored at both ends. */
export const SilenceMatcher = z.strictObject({
  name: z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,127}$/, 'not the name of a label'),
  value: z
    .string()
    .max(500)
    .regex(/^[^\p{Cc}]*$/u, 'has to be one line'),
  isRegex: z.boolean(),
  isEqual: z.boolean(),
});
export type SilenceMatcher = Readonly<z.infer<typeof SilenceMatcher>>;
