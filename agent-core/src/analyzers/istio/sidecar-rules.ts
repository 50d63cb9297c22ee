import type { Because, Finding } from '@autodevops/domain/finding';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { podsOnNode } from '../../reading/pods/pods-on-nodes.ts';
import { rulesMissing } from './codes.ts';

/** The init container by which the injected proxy looks whether its rules are there. */
const validation = 'istio-validation';
const saysSo = ['iptables validation failed', '127.0.0.6:15002'];

/** The part of Istio on the node that should have written them. */
function writers(snapshot: Snapshot, node: string): readonly Because[] {
  return podsOnNode(snapshot, node)
    .filter(({ metadata }) => metadata.ownerReferences.some(({ name }) => name.startsWith('istio-cni')))
    .map((pod) => ({ object: refTo('Pod', pod), codes: ['pod.'] }));
}

function check(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { pod, ref, view, ended, output } = crash;
  if (view.spec.name !== validation) return [];
  const line = saysSo
    .map((words) => output.findLast(({ lower }) => lower.includes(words)))
    .find((l) => l !== undefined);
  if (line === undefined) return [];
  const node = pod.spec.nodeName ?? '';
  return [
    finding(rulesMissing, {
      object: ref,
      cause: `Pod "${ref.name}" was started on node ${node} without the iptables rules of the mesh (istio-cni was not ready or not in use there), and its init container "${validation}" holds it back.`,
      evidence: [
        fromOutput(ref, view, line),
        fromStatus(
          ref,
          `status.initContainerStatuses[name=${validation}].lastState.terminated`,
          `${ended?.reason ?? 'Error'}, exit code ${ended?.exitCode ?? '?'}`,
          ended?.finishedAt ?? '',
        ),
      ],
      because: writers(snapshot, node),
      sharedWith: node,
    }),
  ];
}

/** Pods that the mesh's own check keeps from starting. */
export function checkSidecarRules(snapshot: Snapshot): Finding[] {
  return crashingContainers(snapshot).flatMap((crash) => check(snapshot, crash));
}
