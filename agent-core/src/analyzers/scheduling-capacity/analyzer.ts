import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { isPromisedANode } from '../../reading/scheduling/node-promise.ts';
import { unscheduledPods } from '../../reading/scheduling/unscheduled-pod.ts';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import type { Analyzer } from '../analyzer.ts';
import { cpuFull, ephemeralStorageFull, extendedResource, memoryFull, requestTooLarge, tooManyPods } from './codes.ts';
import { checkExtended } from './extended-resource.ts';
import { checkFull, codeOfResource } from './no-room-left.ts';
import { checkTooLarge } from './too-large.ts';

function check(snapshot: Snapshot, unscheduled: UnscheduledPod): readonly Finding[] {
  const { blocking } = unscheduled;
  if (blocking?.kind !== 'resource') return [];
  const resource = blocking.subject;
  if (!codeOfResource.has(resource)) return [checkExtended(snapshot, unscheduled, { blocking, resource })];
  const canBeTooLarge = resource !== 'pods' && !isPromisedANode(snapshot, unscheduled.ref);
  const tooLarge = canBeTooLarge ? checkTooLarge(snapshot, unscheduled, resource) : undefined;
  return [tooLarge ?? checkFull(snapshot, unscheduled, { blocking, resource })];
}

export const schedulingCapacity: Analyzer = {
  name: 'scheduling-capacity',
  codes: [cpuFull, memoryFull, ephemeralStorageFull, tooManyPods, extendedResource, requestTooLarge],
  analyze: (snapshot) => unscheduledPods(snapshot).flatMap((unscheduled) => check(snapshot, unscheduled)),
};
