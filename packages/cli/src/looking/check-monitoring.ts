import { usageError } from '../options/usage-error.ts';
import type { ClusterChoice } from '../surroundings.ts';

function isNamed({ prometheus, alertmanager, loki }: ClusterChoice): boolean {
  return (prometheus ?? alertmanager ?? loki) !== undefined;
}

/** Throws where monitoring is named beside a record. */
export function checkMonitoring(choice: ClusterChoice): void {
  if (isNamed(choice) && (choice.from !== undefined || choice.sample === true)) {
    throw usageError(
      'A record has no monitoring that could be asked.',
      'Name a live cluster, or put the answers of Prometheus into the record.',
    );
  }
}

/** Throws where monitoring is named for what is followed. */
export function checkUnwatched(choice: ClusterChoice): void {
  if (isNamed(choice)) {
    throw usageError('--watch is answered by the cluster alone.', 'Leave out --watch, or the addresses of monitoring.');
  }
}
