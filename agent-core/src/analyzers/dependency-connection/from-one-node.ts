import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatIsMissed } from '../../evidence/dependency-evidence.ts';
import { finding } from '../../evidence/finding.ts';
import { nodeProxies } from '../../evidence/node-proxies.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { missedDependency } from '../../reading/network/dependency-of-container.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import { targetText } from '../../reading/network/dependency.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { podsStandingFor } from '../../reading/pods/pods-standing-for.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { unreachedFromNode } from './codes.ts';

interface Missing {
  readonly troubled: TroubledContainer;
  readonly missed: MissedDependency;
  readonly target: string;
}

const unanswered: ReadonlySet<FailureKind> = new Set<FailureKind>(['unreachable', 'refused']);

function nodeOf({ spec }: Pod): string {
  return spec.nodeName ?? '';
}

/** What lies in the pod or on the node itself is the node's own affair. */
function missingOf(snapshot: Snapshot, troubled: TroubledContainer): readonly Missing[] {
  if (!unanswered.has(troubled.verdict.kind) || nodeOf(troubled.pod) === '') return [];
  const missed = missedDependency(snapshot, troubled);
  const { host, kind } = missed.dependency;
  return missed.guessed || host === '' || kind === 'in-pod'
    ? []
    : [{ troubled, missed, target: targetText(missed.dependency) }];
}

/** A Service of which not one pod is ready answers nobody, whatever node asks. */
function answersSomebody(snapshot: Snapshot, { missed: { dependency } }: Missing): boolean {
  const { kind, ref } = dependency;
  const service =
    kind === 'service' && ref !== undefined ? snapshot.get('Service', ref.namespace, ref.name) : undefined;
  const pods = service === undefined ? [] : podsBehind(snapshot, service);
  return pods.length === 0 || pods.some(isReady);
}

/** A ready pod of the same workload elsewhere, which needs the same and has it; one that crashes is ready for a moment each time. */
function witness(snapshot: Snapshot, { troubled: { pod } }: Missing): Pod | undefined {
  const crashing = new Set(crashingContainers(snapshot).map((crash) => crash.pod.metadata.uid));
  return podsStandingFor(snapshot, workloadOf(snapshot, pod)).find(
    (other) =>
      isReady(other) && nodeOf(other) !== '' && nodeOf(other) !== nodeOf(pod) && !crashing.has(other.metadata.uid),
  );
}

function tellNode(snapshot: Snapshot, here: readonly Missing[]): readonly Finding[] {
  const [first] = here;
  const well = here.map((m) => witness(snapshot, m)).find((pod) => pod !== undefined);
  if (first === undefined || well === undefined) return [];
  const { troubled, missed, target } = first;
  const node = nodeOf(troubled.pod);
  return [
    finding(unreachedFromNode, {
      object: refByName('Node', '', node),
      cause: `Pods of node "${node}" do not reach ${whatIsMissed(missed)}, ${here.length} of them say so; from other nodes it answers: pod ${well.metadata.name} on node "${nodeOf(well)}" is ready.`,
      evidence: here.slice(0, 3).map(({ troubled: t }) => fromOutput(t.ref, t.view, t.verdict.line)),
      since: here.map((m) => m.troubled.since).toSorted()[0] ?? '',
      because: nodeProxies(snapshot, troubled.pod),
      facet: target,
    }),
  ];
}

/** Where pods of different workloads on one node miss the same, and no other pod does, something on the way from that node is broken. */
export function checkNodes(snapshot: Snapshot): readonly Finding[] {
  const missing = troubledContainers(snapshot)
    .flatMap((troubled) => missingOf(snapshot, troubled))
    .filter((one) => answersSomebody(snapshot, one));
  return [...Map.groupBy(missing, ({ target }) => target).values()].flatMap((alike) => {
    const nodes = new Set(alike.map(({ troubled }) => nodeOf(troubled.pod)));
    const workloads = new Set(alike.map(({ troubled }) => refKey(workloadOf(snapshot, troubled.pod))));
    return nodes.size === 1 && workloads.size > 1 ? tellNode(snapshot, alike) : [];
  });
}
