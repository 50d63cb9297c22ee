import type { StatefulSet } from '@autodevops/domain/kubernetes/workload';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromLog, fromSpec } from '../../evidence/finding.ts';
import type { Evidence } from '@autodevops/domain/diagnosis';
import { podHostReferences } from '../../reading/network/host-references.ts';
import { lookupTrouble } from '../../reading/output/connection-trouble.ts';
import { isFinished } from '../../reading/pods/pod-status.ts';
import { podsOwnedBy } from '../../reading/pods/owned-pods.ts';

/** A pod that calls a member by its own name, `kafka-0.kafka`, and what shows it. */
export interface MemberCall {
  readonly pod: ObjectRef;
  readonly host: string;
  readonly evidence: Evidence;
}

function isMember(set: StatefulSet, host: string): boolean {
  const [member = '', of = ''] = host.split('.');
  const { name } = set.metadata;
  return of === set.spec.serviceName && member.startsWith(`${name}-`) && /^\d+$/.test(member.slice(name.length + 1));
}

function configured(snapshot: Snapshot, set: StatefulSet): MemberCall | undefined {
  for (const pod of snapshot.listIn('Pod', set.metadata.namespace)) {
    const reference = isFinished(pod)
      ? undefined
      : podHostReferences(snapshot, pod).find(({ host }) => isMember(set, host));
    if (reference !== undefined) {
      return {
        pod: refTo('Pod', pod),
        host: reference.host,
        evidence: fromSpec(refTo('Pod', pod), reference.path, reference.text),
      };
    }
  }
  return undefined;
}

/** The members of a set: their logs tell whether they call one another by name. */
export function membersOf(snapshot: Snapshot, set: StatefulSet): readonly Pod[] {
  return podsOwnedBy(snapshot, set.metadata.uid)
    .filter((pod) => !isFinished(pod))
    .slice(0, 3);
}

/** Programs that find their peers by themselves name them in their logs only. */
function complainedOf(snapshot: Snapshot, set: StatefulSet): MemberCall | undefined {
  for (const pod of membersOf(snapshot, set)) {
    const line = lookupTrouble(snapshot, pod);
    const host = line?.text.match(/[a-z0-9-]{1,63}-\d{1,5}\.[a-z0-9-]{1,63}/g)?.find((name) => isMember(set, name));
    if (line !== undefined && host !== undefined) {
      return {
        pod: refTo('Pod', pod),
        host,
        evidence: fromLog(refTo('Pod', pod), line.container, line.previous, line.text, line.time),
      };
    }
  }
  return undefined;
}

/** A pod that calls a member of the set by name, as it is configured or as it complains. */
export function memberCall(snapshot: Snapshot, set: StatefulSet): MemberCall | undefined {
  return configured(snapshot, set) ?? complainedOf(snapshot, set);
}
