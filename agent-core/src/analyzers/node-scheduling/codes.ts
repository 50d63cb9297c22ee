import type { CodeEntry } from '@autodevops/domain/finding';

export const cordoned: CodeEntry = {
  code: 'node.cordoned',
  group: 'node',
  title: 'Node is cordoned',
  severity: 'info',
  means: 'Somebody or something marked the node as unschedulable: what runs there stays, nothing new starts.',
  recognised: 'The node has spec.unschedulable: true.',
  nextSteps: ['If the maintenance is over, `kubectl uncordon` the node.'],
  avoid: ['Do not uncordon a node that somebody is draining.'],
};

export const full: CodeEntry = {
  code: 'node.pods.full',
  group: 'node',
  title: 'Node holds as many pods as it may',
  severity: 'info',
  means: 'No further pod can start on the node, however much CPU and memory is free.',
  recognised: 'As many unfinished pods are bound to the node as status.allocatable.pods says.',
  nextSteps: ['Raise maxPods of the kubelet (and the address range of the node) or spread the pods over more nodes.'],
  avoid: [],
};

export const evicting: CodeEntry = {
  code: 'node.taint.evicting',
  group: 'node',
  title: 'A taint evicts pods from the node',
  severity: 'warning',
  means: 'A NoExecute taint that somebody set ends every pod on the node that does not tolerate it.',
  recognised:
    'The node has a NoExecute taint other than those that Kubernetes sets by itself, and recent events TaintManagerEviction name pods.',
  nextSteps: [
    'If the taint is meant, let the pods move; give those that must stay a toleration.',
    'Otherwise remove it: `kubectl taint nodes NODE KEY:NoExecute-`.',
  ],
  avoid: ['Do not add a toleration for every taint (`operator: Exists` without a key) to ordinary pods.'],
};
