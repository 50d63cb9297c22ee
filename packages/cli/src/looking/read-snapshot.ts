import { snapshotRequest } from '@autodevops/agent-core/jamie/snapshot-request';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { CommandRun } from '../command.ts';
import type { ClusterChoice } from '../surroundings.ts';
import { withReader } from './look-at-cluster.ts';

/** One snapshot of the chosen cluster, with progress; nothing is diagnosed. */
export function readSnapshot(
  choice: ClusterChoice,
  namespaces: readonly string[] | undefined,
  run: Pick<CommandRun<unknown>, 'surroundings' | 'signal'>,
): Promise<Snapshot> {
  return withReader(run, choice, (reader, watched) => reader.snapshot(snapshotRequest(namespaces), watched));
}
