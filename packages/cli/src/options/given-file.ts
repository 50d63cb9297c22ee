import { printable } from '@autodevops/domain/printable';
import type { Surroundings } from '../surroundings.ts';
import { usageError } from './usage-error.ts';

/** The text of a file that a person named. Throws `usage` where it cannot be read. */
export async function givenFile(path: string, { readFile }: Pick<Surroundings, 'readFile'>): Promise<string> {
  return await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw usageError(
      `${printable(path)} cannot be read (${error.code ?? 'unknown'}).`,
      'Name a file that exists and may be read.',
    );
  });
}
