import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { usersOfClaim } from '../../reading/pods/volumes/claim-users.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';

/** Other pods that mount the claim and have started. */
export function otherHolders(snapshot: Snapshot, pod: Pod, claim: string): readonly Pod[] {
  return usersOfClaim(snapshot, pod.metadata.namespace, claim).filter(
    (other) =>
      other.metadata.uid !== pod.metadata.uid &&
      !isFinished(other) &&
      other.status.containerStatuses.some((s) => s.state.running !== undefined),
  );
}
