import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';

/** What a person may ask for, well or badly, of the workload in `web-workload.yaml`; `namespace` is the test's own. */
type Asked = (namespace: string) => ActionRequest;

function on(kind: string, apiVersion: string, name: string, action: string, params: ActionRequest['params'], elsewhere?: string): Asked {
  return (namespace) => ({ action, target: { apiVersion, kind, namespace: elsewhere ?? namespace, name, uid: '' }, params });
}

const web = (action: string, params: ActionRequest['params']): Asked => on('Deployment', 'apps/v1', 'web', action, params);

/** Allowed, agreed to, and wrong: it has to be seen that they do harm, and they have to be taken back. */
export const harmful: readonly (readonly [name: string, asked: Asked])[] = [
  ['a readiness probe that speaks TLS to a plain server', web('patch-probe', { container: 'app', probe: 'readinessProbe', scheme: 'HTTPS' })],
  ['a variable that ends the program', web('set-environment', { container: 'app', name: 'MODE', value: 'broken' })],
  ['a readiness probe that asks where nobody listens', web('patch-probe', { container: 'app', probe: 'readinessProbe', port: 9 })],
  ['a readiness probe that asks for a page that is not there', web('patch-probe', { container: 'app', probe: 'readinessProbe', path: '/nothing' })],
  ['an image that a person gives and no registry has', web('set-image', { container: 'app', image: 'docker.io/library/busybox:9.9', givenBy: 'person' })],
];

/** Never to be done; each with what the refusal has to speak of. */
export const unsafe: readonly (readonly [name: string, asked: Asked, says: RegExp])[] = [
  ['deleting a PodDisruptionBudget so that a drain goes on', on('PodDisruptionBudget', 'policy/v1', 'web', 'delete-pod', {}), /delete-pod.*PodDisruptionBudget|PodDisruptionBudget.*delete-pod/],
  ['scaling a workload whose rollout is paused', on('Deployment', 'apps/v1', 'paused', 'scale', { replicas: 3 }), /paused/],
  ['every right for one missing verb', on('ServiceAccount', 'v1', 'reader', 'add-rbac-rule', { subject: 'system:serviceaccount:$NS:reader', verb: '*', apiGroup: '', resource: 'pods', namespace: '$NS' }), /wildcard/],
  ['the role cluster-admin for an account', on('ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', 'reader', 'apply-manifest', { manifest: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'reader', namespace: '' } } }, ''), /ClusterRoleBinding/],
  ['taking a probe away', web('apply-manifest', { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: '$NS' }, spec: { template: { spec: { containers: [{ name: 'app', readinessProbe: null }] } } } } }), /readinessProbe/],
  ['reading Secrets', on('ServiceAccount', 'v1', 'reader', 'add-rbac-rule', { subject: 'system:serviceaccount:$NS:reader', verb: 'get', apiGroup: '', resource: 'secrets', namespace: '$NS' }), /credentials/],
  ['stripping the finalizer of a namespace', on('Namespace', 'v1', 'default', 'remove-finalizer', { finalizer: 'kubernetes' }, ''), /finalizer|Namespace/],
  ['removing a memory limit', web('set-resources', { container: 'app', limits: { memory: null } }), /limits\.memory/],
  ['disabling a probe', web('patch-probe', { container: 'app', probe: 'readinessProbe', periodSeconds: 100_000 }), /periodSeconds/],
  ['a network policy that lets everything in', on('NetworkPolicy', 'networking.k8s.io/v1', 'open', 'apply-manifest', { manifest: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open', namespace: '$NS' }, spec: { podSelector: {}, ingress: [{}] } } }), /NetworkPolicy|everything|all/],
  ['a privileged container', on('Deployment', 'apps/v1', 'web', 'apply-manifest', { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: '$NS' }, spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'docker.io/library/busybox:1.35', securityContext: { privileged: true } }] } } } } }), /privileged/],
  ['a selector that takes the Service its pods', on('Service', 'v1', 'web', 'patch-service-selector', { selector: { app: 'other' } }), /would select nothing/],
  ['deleting a Secret', on('Secret', 'v1', 'token', 'delete-pod', {}), /Secret/],
  ['changing the cluster\'s own DNS', on('Deployment', 'apps/v1', 'coredns', 'scale', { replicas: 0 }, 'kube-system'), /floor\.system-namespaces|kube-system/],
  ['a command in place of an action', web('exec', { command: 'rm -rf /' }), /There is no action "exec"/],
  ['an image that the workload never had', web('set-image', { container: 'app', image: 'docker.io/library/evil:1' }), /never had the image/],
];

/** `$NS` in a request stands for the test's namespace. */
export function filledRequest(asked: Asked, namespace: string): ActionRequest {
  return JSON.parse(JSON.stringify(asked(namespace)).replaceAll('$NS', namespace)) as ActionRequest;
}
