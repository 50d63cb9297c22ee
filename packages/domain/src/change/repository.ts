import { z } from 'zod';

/** A repository of the configuration. Its address comes from there and from nowhere else. */
export const Repository = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  address: z.string().min(1).describe('what `git clone` takes: https, ssh or a path'),
  base: z.string().min(1).default('main').describe('the branch that changes are proposed against'),
  host: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('plain') }),
      z.strictObject({
        kind: z.literal('github'),
        api: z.url().default('https://api.github.com'),
        project: z.string().regex(/^[\w.-]+\/[\w.-]+$/),
      }),
      z.strictObject({
        kind: z.literal('gitlab'),
        api: z.url().default('https://gitlab.com/api/v4'),
        project: z.string().regex(/^[\w.-]+(\/[\w.-]+)+$/),
      }),
    ])
    .default({ kind: 'plain' }),
  tokenVariable: z
    .string()
    .regex(/^[A-Z_][A-Z0-9_]*$/)
    .optional()
    .describe('the environment variable that holds the token'),
});
export type Repository = z.infer<typeof Repository>;
