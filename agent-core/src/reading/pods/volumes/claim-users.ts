import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { pushTo } from '@autodevops/domain/push-to';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { perSnapshot } from '../../per-snapshot.ts';
import { isFinished } from '../pod-status.ts';

/** Names of the claims that a pod mounts; of an ephemeral volume its own claim, `pod-volume`. */
export function claimsOf(pod: Pod): readonly { readonly volume: string; readonly claim: string }[] {
  return pod.spec.volumes.flatMap((v) => {
    if (v.persistentVolumeClaim !== undefined) return [{ volume: v.name, claim: v.persistentVolumeClaim.claimName }];
    return v.ephemeral === undefined ? [] : [{ volume: v.name, claim: `${pod.metadata.name}-${v.name}` }];
  });
}

const users = perSnapshot((snapshot) => {
  const index = new Map<string, Pod[]>();
  for (const pod of snapshot.list('Pod')) {
    if (isFinished(pod)) continue;
    for (const { claim } of claimsOf(pod)) {
      const key = `${pod.metadata.namespace}/${claim}`;
      pushTo(index, key, pod);
    }
  }
  return index;
});

/** Living pods that mount a claim. */
export function usersOfClaim(snapshot: Snapshot, namespace: string, claim: string): readonly Pod[] {
  return users(snapshot).get(`${namespace}/${claim}`) ?? [];
}
