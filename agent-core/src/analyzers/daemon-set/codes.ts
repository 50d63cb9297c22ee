import type { CodeEntry } from '@autodevops/domain/finding';

const group = 'workload' as const;

export const missingByTaint: CodeEntry = {
  code: 'daemonset.missing-by-taint',
  group,
  severity: 'warning',
  title: 'DaemonSet does not run on tainted nodes',
  means:
    'Nodes carry a taint that the DaemonSet does not tolerate, so they run without it: no logs, metrics, network or storage from there.',
  recognised:
    "A node that fits the DaemonSet's selector and affinity has a taint without a toleration, and no pod of it. It is a problem for what every node needs (system priority) and where a pod was ended by the taint lately; otherwise information.",
  nextSteps: ["Add the toleration to the DaemonSet's template if it belongs on those nodes."],
  avoid: ["Do not remove the taint for a DaemonSet's sake: ordinary pods would come too."],
};

export const noNodeSelected: CodeEntry = {
  code: 'daemonset.no-node-selected',
  group,
  severity: 'warning',
  title: 'DaemonSet selects no node',
  means:
    'No node has the labels that the DaemonSet demands, so it runs nowhere. That is usual for drivers of hardware that the cluster does not have, and a mistake when a label is misspelt.',
  recognised:
    'desiredNumberScheduled is 0 although there are nodes, and spec.template.spec.nodeSelector or its affinity matches none.',
  nextSteps: ['Compare the selector with `kubectl get nodes --show-labels`; correct it or label the nodes.'],
  avoid: ['Do not label nodes only to get it running: the label may promise hardware that they do not have.'],
};

export const misscheduled: CodeEntry = {
  code: 'daemonset.misscheduled',
  group,
  severity: 'warning',
  title: 'DaemonSet runs on nodes where it should not',
  means:
    'Pods of the DaemonSet are on nodes that it no longer selects or whose taint it does not tolerate. They run on, and are not made again once they end.',
  recognised: 'status.numberMisscheduled is above 0.',
  nextSteps: ['Add the toleration or correct the selector if the pods belong there; otherwise delete those pods.'],
  avoid: ['Do not delete such pods before you know that the node does without them: they are not made again.'],
};
