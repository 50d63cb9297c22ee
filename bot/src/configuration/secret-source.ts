import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { z } from 'zod';

/** Where a secret is to be found; a configuration never holds one. */
export const SecretSource = z.union(
  [
    z.strictObject({
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/)
        .describe('name of an environment variable'),
    }),
    z.strictObject({ file: z.string().min(1).describe('a file, of a mounted Secret') }),
  ],
  { error: 'is no secret but where it is: { env: NAME } or { file: PATH }' },
);
export type SecretSource = z.infer<typeof SecretSource>;

/** Reads secrets when they are needed, so that a renewed one counts without a restart. */
export interface Secrets {
  /** Throws `config.invalid`, which names the place and never the content. */
  readonly read: (source: SecretSource) => Promise<string>;
}

/** `folder`: what files are relative to. */
export function secretsOf(env: Readonly<Record<string, string | undefined>>, folder: string): Secrets {
  const found = (where: string, text: string): string => {
    if (text === '') throw new AutoDevOpsError('config.invalid', `The secret in ${where} is empty.`, 'Put it there.');
    return text;
  };
  return {
    read: async (source) => {
      if ('env' in source) return found(`the environment variable ${source.env}`, (env[source.env] ?? '').trim());
      const file = resolve(folder, source.file);
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        throw new AutoDevOpsError(
          'config.invalid',
          `${file} cannot be read (${error.code ?? 'unknown'}).`,
          'Correct the name, or the rights of the file.',
          { cause: error },
        );
      });
      return found(file, text.trim());
    },
  };
}
