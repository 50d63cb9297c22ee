import type { StatefulSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import type { Finding } from '@autodevops/domain/finding';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { dependencyEvidence, whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { isPlainWord } from '../../reading/plain-word.ts';
import { controllerOf } from '../../reading/workloads/owner.ts';
import { memberNotMade } from './codes.ts';

/** `2` of `zk-2`; undefined for a name that is none of the set's. */
function ordinalIn(set: StatefulSet, name: string): number | undefined {
  const [, base, digits = ''] = /^(.+)-(\d{1,9})$/.exec(name) ?? [];
  return base === set.metadata.name ? Number(digits) : undefined;
}

/** The set whose later pod the container looks for, and which makes that pod only when this one is ready. */
function waitingSet(snapshot: Snapshot, { pod }: TroubledContainer, peer: string): StatefulSet | undefined {
  const { namespace, name } = pod.metadata;
  const owner = controllerOf(pod);
  const set = owner?.kind === 'StatefulSet' ? snapshot.get('StatefulSet', namespace, owner.name) : undefined;
  if (set === undefined || (set.spec.podManagementPolicy ?? 'OrderedReady') !== 'OrderedReady') return undefined;
  const [own, other] = [ordinalIn(set, name), ordinalIn(set, peer)];
  if (own === undefined || other === undefined || other <= own) return undefined;
  const first = set.spec.ordinals?.start ?? 0;
  return other < first + (set.spec.replicas ?? 1) && snapshot.lacks('Pod', namespace, peer) ? set : undefined;
}

/** A command to paste, without names where a recording calls the set what no name is. */
function orphaning({ metadata: { namespace, name } }: StatefulSet): string {
  return [namespace, name].every(isPlainWord)
    ? `kubectl -n ${namespace} delete statefulset ${name} --cascade=orphan`
    : 'kubectl delete statefulset --cascade=orphan';
}

/** The first member gets ready only with the others, and they are made only after it. */
export function checkLaterMember(
  snapshot: Snapshot,
  troubled: TroubledContainer,
  missed: MissedDependency,
): readonly Finding[] {
  const [peer = ''] = missed.dependency.host.split('.');
  const set = waitingSet(snapshot, troubled, peer);
  if (set === undefined) return [];
  const ref = refTo('StatefulSet', set);
  const { name } = set.metadata;
  return [
    finding(memberNotMade, {
      object: troubled.ref,
      cause: `${whoSpeaks(troubled)} cannot resolve "${missed.dependency.host}" ${whatFollows(troubled)}: StatefulSet ${name} makes pod ${peer} only when ${troubled.pod.metadata.name} is ready (podManagementPolicy OrderedReady), so neither ever is.`,
      evidence: [
        ...dependencyEvidence(troubled, missed),
        fromSpec(ref, 'spec.podManagementPolicy', set.spec.podManagementPolicy ?? 'OrderedReady (default)'),
      ],
      since: troubled.since,
      facet: peer,
      nextSteps: [
        `Set podManagementPolicy Parallel. It cannot be changed in place: \`${orphaning(set)}\` keeps pods and claims; then apply the StatefulSet with it.`,
        ...memberNotMade.nextSteps,
      ],
    }),
  ];
}
