import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { callsAllowed } from './calls-allowed.ts';
import { callsCounted } from '../measures/calls-counted.ts';
import { distinctBy } from '../distinct-by.ts';
import { outputOf } from '../output/output-line.ts';
import { alarmingLines } from '../output/alarming-line.ts';
import { containersOf, isFinished } from '../pods/pod-status.ts';
import { podsStandingFor } from '../pods/pods-standing-for.ts';
import { servicesCalled } from './services-called.ts';
import { servicesInText } from './services-in-text.ts';
import { servingWorkloads } from './serving-workloads.ts';

const enough = 5;

/** Services that the last words of a pod complain of. */
function complainedOf(snapshot: Snapshot, pod: Pod): readonly ObjectRef[] {
  const lines = containersOf(pod).flatMap((view) => alarmingLines(outputOf(snapshot, pod, view, 'current')));
  return lines.flatMap(({ text }) => servicesInText(snapshot, text, pod.metadata.namespace));
}

function read(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  const pods = podsStandingFor(snapshot, ref)
    .filter((pod) => !isFinished(pod))
    .slice(0, enough);
  const workloads = servingWorkloads(snapshot, ref);
  const told = [
    ...servicesCalled(snapshot, ref),
    ...pods.flatMap((pod) => complainedOf(snapshot, pod)),
    ...workloads.flatMap((workload) => callsCounted(snapshot, workload)),
  ];
  const called = told.length > 0 ? told : callsAllowed(snapshot, pods);
  const own = new Set([refKey(ref), ...workloads.map(refKey)]);
  return distinctBy(called, refKey).filter((one) => !own.has(refKey(one)));
}

const held = new WeakMap<Snapshot, Map<string, readonly ObjectRef[]>>();

/**
 * Services and workloads that an object calls: as its pods are configured, as their logs complain, and as a mesh or
 * traces have counted; where nothing of that is known, as network policies allow by name. What is broken there makes it
 * slow or fail. Read once for each object: five hundred alerts may be about the same few.
 */
export function callsKnown(snapshot: Snapshot, ref: ObjectRef): readonly ObjectRef[] {
  let known = held.get(snapshot);
  if (known === undefined) held.set(snapshot, (known = new Map()));
  const key = refKey(ref);
  let called = known.get(key);
  if (called === undefined) known.set(key, (called = read(snapshot, ref)));
  return called;
}
