import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { podHostReferences, serviceOfHost } from './host-references.ts';
import { isFinished } from '../pods/pod-status.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';

const enough = 5;

/** Services that the pods of an object are configured to call: what is broken there makes it slow or fail. */
export function servicesCalled(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const pods = podsStandingFor(snapshot, ref)
    .filter((pod) => !isFinished(pod))
    .slice(0, enough);
  const found = new Map<string, ObjectRef>();
  for (const pod of pods) {
    for (const { host } of podHostReferences(snapshot, pod)) {
      const service = serviceOfHost(snapshot, host, pod.metadata.namespace);
      if (service === undefined) continue;
      const called = refByName('Service', service.namespace, service.name);
      if (refKey(called) !== refKey(ref)) found.set(refKey(called), called);
    }
  }
  return [...found.values()];
}
