import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { DaemonSet } from '@autodevops/domain/kubernetes/workload';
import { refTo } from '@autodevops/domain/object-ref';
import { taintText, untolerated } from '../reading/scheduling/taints.ts';
import { fromSpec } from './finding.ts';

/** Why something that pods of a node need is not there, as a sentence that follows another. */
export interface NodeAbsence {
  readonly sentence: string;
  readonly step: string;
  readonly evidence: readonly Evidence[];
}

/** Why a DaemonSet has no pod on a node: a taint that it does not tolerate. `what` is what it brings, in words. */
export function keptOffNode(node: Node, daemonSet: DaemonSet, what: string): NodeAbsence | undefined {
  const [taint] = untolerated(daemonSet.spec.template.spec, node);
  if (taint === undefined) return undefined;
  const { name, namespace } = daemonSet.metadata;
  const text = taintText(taint);
  return {
    sentence: ` ${what} does not run on that node: its DaemonSet ${namespace}/${name} does not tolerate the taint ${text}.`,
    step: `Give the DaemonSet "${name}" a toleration for ${text} (in the values of its chart), or keep pods that need it off the tainted nodes.`,
    evidence: [fromSpec(refTo('Node', node), 'spec.taints', text)],
  };
}
