import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';

/**
 * The headless Service that should give a peer of the container its name and gives names to ready pods only: the peer
 * runs and is not ready either, so that neither ever finds the other.
 */
export function withholdingService(
  snapshot: Snapshot,
  { pod }: TroubledContainer,
  { dependency }: MissedDependency,
): Service | undefined {
  const { kind, ref, host } = dependency;
  if (kind !== 'service' || ref === undefined) return undefined;
  const service = snapshot.get('Service', ref.namespace, ref.name);
  if (service?.spec.clusterIP !== 'None' || service.spec.publishNotReadyAddresses === true) return undefined;
  const [member = ''] = host.split('.');
  const members = podsBehind(snapshot, service).filter((one) => !isFinished(one));
  const peer = members.find((one) => one.metadata.name === member);
  if (peer === undefined || isReady(peer) || !members.some((one) => one.metadata.uid === pod.metadata.uid)) {
    return undefined;
  }
  return peer.status.containerStatuses.every(({ state }) => state.running !== undefined) ? service : undefined;
}
