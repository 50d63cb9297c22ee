import type { Node } from '@autodevops/domain/kubernetes/cluster';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';

type Taint = Node['spec']['taints'][number];
type Toleration = PodSpec['tolerations'][number];

function compares(toleration: Toleration, taint: Taint): boolean {
  const [own, other] = [Number(toleration.value), Number(taint.value)];
  if (Number.isNaN(own) || Number.isNaN(other)) return false;
  return toleration.operator === 'Gt' ? other > own : other < own;
}

function tolerates(toleration: Toleration, taint: Taint): boolean {
  if (toleration.effect !== undefined && toleration.effect !== '' && toleration.effect !== taint.effect) return false;
  const operator = toleration.operator ?? 'Equal';
  if (toleration.key === undefined || toleration.key === '') return operator === 'Exists';
  if (toleration.key !== taint.key) return false;
  if (operator === 'Exists') return true;
  if (operator === 'Gt' || operator === 'Lt') return compares(toleration, taint);
  return (toleration.value ?? '') === (taint.value ?? '');
}

/** Taints that keep the pod off the node (NoSchedule, NoExecute). */
export function untolerated(spec: PodSpec, node: Node): readonly Taint[] {
  return node.spec.taints.filter(
    (taint) =>
      taint.effect !== 'PreferNoSchedule' && !spec.tolerations.some((toleration) => tolerates(toleration, taint)),
  );
}

/** `dedicated=gpu:NoSchedule`, as `kubectl taint` writes it. */
export function taintText(taint: Taint): string {
  return `${taint.key}${taint.value === undefined || taint.value === '' ? '' : `=${taint.value}`}:${taint.effect}`;
}

/** Why there is such a taint: somebody's decision, the node's state, its pressure, cordoning, or the control plane's role. */
export type TaintOrigin = 'chosen' | 'not-ready' | 'pressure' | 'cordoned' | 'control-plane';

const origins: Readonly<Record<string, TaintOrigin>> = {
  'node-role.kubernetes.io/control-plane': 'control-plane',
  'node-role.kubernetes.io/master': 'control-plane',
  'node.kubernetes.io/unschedulable': 'cordoned',
  'node.kubernetes.io/not-ready': 'not-ready',
  'node.kubernetes.io/unreachable': 'not-ready',
  'node.kubernetes.io/network-unavailable': 'not-ready',
  'node.kubernetes.io/out-of-service': 'not-ready',
  'node.cloudprovider.kubernetes.io/uninitialized': 'not-ready',
  'node.cloudprovider.kubernetes.io/shutdown': 'not-ready',
  'node.kubernetes.io/memory-pressure': 'pressure',
  'node.kubernetes.io/disk-pressure': 'pressure',
  'node.kubernetes.io/pid-pressure': 'pressure',
};

/** Set until an agent of the node is up: `node.cilium.io/agent-not-ready`, `ebs.csi.aws.com/agent-not-ready`, `cni.istio.io/not-ready`. */
const startUp = /\/(?:agent-)?not-ready$/;

export function taintOrigin(key: string): TaintOrigin {
  if (Object.hasOwn(origins, key)) return origins[key] ?? 'chosen';
  return startUp.test(key) ? 'not-ready' : 'chosen';
}
