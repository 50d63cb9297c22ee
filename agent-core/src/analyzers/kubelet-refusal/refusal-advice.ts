import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { fromSpec } from '../../evidence/finding.ts';
import { templateOwner } from '../../reading/workloads/template-owner.ts';

export interface RefusalAdvice {
  /** Added to the sentence; may be empty. */
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
  readonly steps: readonly string[];
}

/** A template that names the node leaves out the scheduler, which would have looked for room and labels. */
function namedNode(snapshot: Snapshot, owner: ObjectRef): string {
  if (owner.kind !== 'ReplicaSet' && owner.kind !== 'StatefulSet') return '';
  return snapshot.get(owner.kind, owner.namespace, owner.name)?.spec.template.spec.nodeName ?? '';
}

const steps: ReadonlyMap<string, string> = new Map([
  [
    'TopologyAffinityError',
    'Ask for no more CPUs and devices than one NUMA node of the machine has free (only whole CPUs of pods whose requests equal their limits count), or loosen topologyManagerPolicy (single-numa-node, restricted) for these nodes.',
  ],
  [
    'UnexpectedAdmissionError',
    'Where the message speaks of devices, look at the device plugin on that node and at the health of the devices; cordon the node until they are well.',
  ],
  [
    'NodeAffinity',
    'Give the node back the label that the pod selects, or correct the selector: it was changed after the pod was placed.',
  ],
  ['AppArmor', 'Load the profile on every node that may run the pod, or name RuntimeDefault.'],
  [
    'SysctlForbidden',
    'Allow the sysctl on these nodes (allowedUnsafeSysctls of the kubelet), or drop it from the pod.',
  ],
]);

/** What the reason of the refusal asks for. */
export function refusalAdvice(snapshot: Snapshot, pod: Pod, owner: ObjectRef): RefusalAdvice {
  const reason = pod.status.reason ?? '';
  const node = namedNode(snapshot, owner);
  const byName = node !== '' && (reason.startsWith('OutOf') || reason.startsWith('Node'));
  if (byName) {
    return {
      sentence:
        ' Its template names the node itself (spec.nodeName), so that the scheduler, which looks for room, is not asked.',
      evidence: [fromSpec(templateOwner(snapshot, pod) ?? owner, 'spec.template.spec.nodeName', node)],
      steps: [
        'Take spec.nodeName out of the template; where the node matters, use a nodeSelector: the pod then waits for room in place of failing.',
      ],
    };
  }
  if (reason.startsWith('OutOf')) {
    return {
      sentence: '',
      evidence: [],
      steps: [
        'Find what the node runs that its scheduler did not count: static pods, pods of a second scheduler, or a kubelet whose allocatable shrank.',
      ],
    };
  }
  const step = steps.get(reason);
  return { sentence: '', evidence: [], steps: step === undefined ? [] : [step] };
}
