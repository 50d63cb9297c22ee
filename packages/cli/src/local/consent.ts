import { printable } from '@autodevops/domain/printable';
import type { LocalStatus } from '@autodevops/domain/local-cluster';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { askYes } from '../changing/ask-yes.ts';
import type { Surroundings } from '../surroundings.ts';

/** What is asked before a cluster goes away. */
export function removalQuestion({ name, nodes, engine }: LocalStatus): string {
  const many = `${nodes.length} ${nodes.length === 1 ? 'node' : 'nodes'}`;
  return `Remove the local cluster ${printable(name)} (${many} in ${engine ?? 'no engine'}) with everything in it?`;
}

/** Whether it is wanted. Where nobody can be asked, --yes has to say so. Throws `usage`. */
export async function consents(
  {
    surroundings,
    yes,
    signal,
  }: {
    readonly surroundings: Pick<Surroundings, 'canAsk' | 'question'>;
    readonly yes: boolean;
    readonly signal: AbortSignal;
  },
  question: string,
): Promise<boolean> {
  if (yes) return true;
  if (!surroundings.canAsk) {
    throw new AutoDevOpsError(
      'usage',
      'This takes a cluster away, and nobody can be asked here.',
      'Add --yes if that is wanted.',
    );
  }
  return await askYes(surroundings, question, signal);
}
