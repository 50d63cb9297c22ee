import { kindsNeeded } from '@autodevops/agent-core/jamie';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { CommandRun } from '../command.ts';
import type { ClusterChoice } from '../surroundings.ts';
import { stderrProgress, withReader } from './look-at-cluster.ts';

/** One snapshot of the chosen cluster, with progress; nothing is diagnosed. */
export async function readSnapshot(choice: ClusterChoice, namespaces: readonly string[] | undefined, run: Pick<CommandRun<unknown>, 'surroundings' | 'signal'>): Promise<Snapshot> {
  const progress = stderrProgress(run.surroundings);
  const request = { kinds: kindsNeeded(), custom: true, ...(namespaces === undefined ? {} : { namespaces }) };
  try {
    return await withReader(run.surroundings, choice, (reader) => reader.snapshot(request, { signal: run.signal, onProgress: progress.show }));
  } finally {
    progress.clear();
  }
}
