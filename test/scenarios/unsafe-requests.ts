import type { ActionRequest } from '../../packages/domain/src/change/plan.ts';
import { AutoDevOpsError } from '../../packages/domain/src/errors.ts';
import { on, web } from './change-requests.ts';
import type { Asked } from './change-requests.ts';

type Json = ActionRequest['params'];

/** A manifest of Deployment web, with these in the spec of its pods. */
function pods(spec: Json): Asked {
  return manifest('Deployment', 'apps/v1', 'web', { spec: { template: { spec } } });
}

function container(fields: Json): Asked {
  return pods({ containers: [{ name: 'app', ...fields }] });
}

function podMarks(metadata: Json): Asked {
  return manifest('Deployment', 'apps/v1', 'web', { spec: { template: { metadata } } });
}

function manifest(kind: string, apiVersion: string, name: string, fields: Json, metadata: Json = {}): Asked {
  return on(kind, apiVersion, name, 'apply-manifest', {
    manifest: { apiVersion, kind, metadata: { name, namespace: '$NS', ...metadata }, ...fields },
  });
}

function clusterManifest(kind: string, apiVersion: string, name: string, fields: Json): Asked {
  return on(
    kind,
    apiVersion,
    name,
    'apply-manifest',
    { manifest: { apiVersion, kind, metadata: { name, namespace: '' }, ...fields } },
    '',
  );
}

function right(params: Json): Asked {
  return on('ServiceAccount', 'v1', 'reader', 'add-rbac-rule', {
    subject: 'system:serviceaccount:$NS:reader',
    verb: 'get',
    apiGroup: '',
    resource: 'pods',
    namespace: '$NS',
    ...params,
  });
}

/** Out of a container, onto a node, or past its guards. */
// oxfmt-ignore
const escapes: readonly Unsafe[] = [
  ['a path of the node', pods({ volumes: [{ name: 'root', hostPath: { path: '/' } }] }), /hostPath/],
  ['the network of the node', pods({ hostNetwork: true }), /hostNetwork/],
  ['the processes of the node', pods({ hostPID: true }), /hostPID/],
  ['a privileged init container', pods({ initContainers: [{ name: 'init', image: 'docker.io/library/busybox:1.35', securityContext: { privileged: true } }] }), /privileged/],
  ['a capability', container({ securityContext: { capabilities: { add: ['SYS_PTRACE'] } } }), /add/],
  ['an unmasked /proc', container({ securityContext: { procMount: 'Unmasked' } }), /procMount/],
  ['a debug container in the template', pods({ ephemeralContainers: [{ name: 'debug', image: 'docker.io/library/busybox:1.35' }] }), /ephemeralContainers/],
  ['a place beside the scheduler', pods({ nodeName: 'control-plane' }), /nodeName/],
  ['a place on the control plane', pods({ tolerations: [{ key: 'node-role.kubernetes.io/control-plane', operator: 'Exists' }] }), /tolerations/],
  ['a place on every node, whatever keeps pods off it', pods({ tolerations: [{ operator: 'Exists' }] }), /tolerations/],
  ['a priority before the cluster itself', pods({ priorityClassName: 'system-cluster-critical' }), /priorityClassName/],
  ['devices by an annotation of the runtime', podMarks({ annotations: { 'io.kubernetes.cri-o.Devices': '/dev/sda' } }), /io\.kubernetes\.cri-o/],
  ['out of the service mesh', podMarks({ annotations: { 'sidecar.istio.io/inject': 'false' } }), /service mesh/],
  ['a token that the pods were not given', pods({ automountServiceAccountToken: true }), /automountServiceAccountToken/],
  ['another account', pods({ serviceAccountName: 'reader' }), /ServiceAccount reader/],
  ['a token by a volume of its own', pods({ volumes: [{ name: 'id', projected: { sources: [{ serviceAccountToken: { path: 'token' } }] } }] }), /serviceAccountToken/],
  ['out of the network policy, by another label', podMarks({ labels: { guarded: 'no' } }), /would leave NetworkPolicy/],
];

/** At data or traffic of others. */
// oxfmt-ignore
const takings: readonly Unsafe[] = [
  ['a share of another machine', pods({ volumes: [{ name: 'v', nfs: { server: 'files.example', path: '/' } }] }), /nfs/],
  ['a volume that somebody else released', manifest('PersistentVolumeClaim', 'v1', 'other', { spec: { volumeName: 'pv-of-others', accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }), /volumeName/],
  ['a copy of another namespace\'s volume', manifest('PersistentVolumeClaim', 'v1', 'other', { spec: { dataSourceRef: { kind: 'PersistentVolumeClaim', name: 'data', namespace: 'shop' }, accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } } }), /dataSourceRef/],
  ['volumes that go when replicas do', manifest('StatefulSet', 'apps/v1', 'db', { spec: { serviceName: 'db', persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete' } } }), /whenScaled/],
  ['addresses of others for a Service', manifest('Service', 'v1', 'web', { spec: { externalIPs: ['192.0.2.7'] } }), /externalIPs/],
  ['trust in another authority', manifest('ConfigMap', 'v1', 'kube-root-ca.crt', { data: { 'ca.crt': 'mine' } }), /whom to trust/],
  ['the probe of another host', container({ livenessProbe: { httpGet: { host: '169.254.169.254', path: '/', port: 80 } } }), /httpGet/],
  ['a snippet of configuration for the ingress controller', on('Service', 'v1', 'web', 'annotate-object', { annotations: { 'nginx.ingress.kubernetes.io/configuration-snippet': 'return 200;' } }), /kept by Kubernetes or by a tool/],
  ['a label by which Argo CD knows its own', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { 'app.kubernetes.io/instance': 'platform' } }), /kept by Kubernetes or by a tool/],
  ['a faked owner', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { 'app.kubernetes.io/managed-by': 'Helm' } }), /kept by Kubernetes or by a tool/],
  ['what kubectl applied last', on('Deployment', 'apps/v1', 'web', 'annotate-object', { annotations: { 'kubectl.kubernetes.io/last-applied-configuration': '{}' } }), /kept by Kubernetes or by a tool/],
  ['a copy of it in every namespace', on('Service', 'v1', 'web', 'annotate-object', { annotations: { 'replicator.v1.mittwald.de/replicate-to': '.*' } }), /into other namespaces/],
  ['a label that the selector names', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { 'pod-template-hash': 'abc' } }), /kept by Kubernetes or by a tool/],
  ['an autoscaler of a thousand', manifest('HorizontalPodAutoscaler', 'autoscaling/v2', 'web', { spec: { minReplicas: 1, maxReplicas: 1000, scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' } } }), /1000 maxReplicas/],
  ['Jobs of a thousand pods every minute', manifest('CronJob', 'batch/v1', 'burst', { spec: { schedule: '* * * * *', jobTemplate: { spec: { parallelism: 1000, template: { spec: { restartPolicy: 'Never', containers: [{ name: 'c', image: 'docker.io/library/busybox:1.35' }] } } } } } }), /1000 parallelism/],
];

/** Rights, and what keeps others in bounds. */
// oxfmt-ignore
const powers: readonly Unsafe[] = [
  ['rights for everybody', clusterManifest('ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', 'all', { spec: {} }), /ClusterRoleBinding/],
  ['the right to escalate', right({ verb: 'escalate', apiGroup: 'rbac.authorization.k8s.io', resource: 'roles' }), /verb "escalate"/],
  ['the right to impersonate', right({ verb: 'impersonate', resource: 'users' }), /verb "impersonate"/],
  ['the right to approve certificates', right({ verb: 'update', apiGroup: 'certificates.k8s.io', resource: 'certificatesigningrequests/approval' }), /certificates\.k8s\.io/],
  ['the right to make tokens', right({ verb: 'create', resource: 'serviceaccounts/token' }), /credentials/],
  ['the right to steer Argo CD', right({ verb: 'create', apiGroup: 'argoproj.io', resource: 'applications' }), /argoproj\.io/],
  ['the way into other containers', right({ verb: 'create', resource: 'pods/exec' }), /pods\/exec/],
  ['a webhook that lets everything through', clusterManifest('ValidatingWebhookConfiguration', 'admissionregistration.k8s.io/v1', 'guard', { spec: { failurePolicy: 'Ignore' } }), /ValidatingWebhookConfiguration/],
  ['an API of one\'s own', clusterManifest('APIService', 'apiregistration.k8s.io/v1', 'v1.evil.example', { spec: {} }), /APIService/],
  ['a namespace without Pod Security', clusterManifest('Namespace', 'v1', 'default', { spec: {} }), /Namespace/],
  ['a budget that lets all go', manifest('PodDisruptionBudget', 'policy/v1', 'web', { spec: { minAvailable: 0 } }), /PodDisruptionBudget/],
  ['a token in a Secret', manifest('Secret', 'v1', 'reader-token', { data: {} }), /Secret/],
  ['a volume to be deleted with its claim', clusterManifest('PersistentVolume', 'v1', 'data', { spec: { persistentVolumeReclaimPolicy: 'Delete' } }), /PersistentVolume/],
  ['the finalizer of a volume claim', on('PersistentVolumeClaim', 'v1', 'data', 'remove-finalizer', { finalizer: 'kubernetes.io/pvc-protection' }), /keep what it holds from being lost/],
];

/** What no action reads: no denial of anybody's, so it is nothing to audit. Each with what is not right about it. */
// oxfmt-ignore
export const malformed: readonly Unsafe[] = [
  ['owners that would take it along', manifest('ConfigMap', 'v1', 'settings', {}, { ownerReferences: [{ apiVersion: 'v1', kind: 'ConfigMap', name: 'x', uid: 'x' }] }), /ownerReferences is not known/],
  ['a manifest larger than an object may be', manifest('ConfigMap', 'v1', 'settings', { data: { a: 'x'.repeat(600_000) } }), /larger than an object may be/],
  ['a name with a NUL in it', on('Deployment', 'apps/v1', 'we\u0000b', 'scale', { replicas: 1 }), /not the name of an object/],
  ['a name that leaves its path', on('Deployment', 'apps/v1', '../../api/v1/secrets', 'scale', { replicas: 1 }), /not the name of an object/],
  ['a name in letters that look like others', on('Deployment', 'apps/v1', 'w\u0435b', 'scale', { replicas: 1 }), /not the name of an object/],
  ['a name with a letter that nobody sees', on('Deployment', 'apps/v1', 'web\u200b', 'scale', { replicas: 1 }), /not the name of an object/],
  ['a namespace of the system with a space behind it', on('Deployment', 'apps/v1', 'coredns', 'scale', { replicas: 0 }, 'kube-system '), /not a namespace/],
  ['a namespace in capitals', on('Deployment', 'apps/v1', 'coredns', 'scale', { replicas: 0 }, 'KUBE-SYSTEM'), /not a namespace/],
  ['a kind of another group than its own', on('Deployment', 'evil.example/v1', 'web', 'scale', { replicas: 1 }), /has no Deployment that this action knows/],
  ['a command in place of an action', web('exec', { command: 'rm -rf /' }), /There is no action "exec"/],
  ['an action in letters that look like others', web('sc\u0430le', { replicas: 1 }), /There is no action/],
  ['a limit that is taken away', web('set-resources', { container: 'app', limits: { memory: null } }), /limits\.memory/],
  ['a probe that asks once a day', web('patch-probe', { container: 'app', probe: 'readinessProbe', periodSeconds: 100_000 }), /periodSeconds/],
  ...(['0x10', '1e9', 'NaN', ' 3', '3.0', '', true, null, [3], { valueOf: 3 }, 1e9, -1, 2.5, Number.MAX_SAFE_INTEGER] as const).map((replicas): Unsafe => [`${JSON.stringify(replicas)} for a number of replicas`, web('scale', { replicas: replicas as Json[string] }), /params\.replicas: /]),
  ...['1Ki5', '1e9', '-1', '+1', '0x10', 'NaN', '1 Gi', '1gi', '1.2.3Gi', 'Infinity', '\u0661Gi', '9'.repeat(40)].map((memory): Unsafe => [`${memory.slice(0, 12)} for an amount of memory`, web('set-resources', { container: 'app', limits: { memory } }), /not a quantity/]),
  ['a label longer than labels may be', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { team: 'x'.repeat(64) } }), /not the value of a label/],
  ['the name of a label longer than they may be', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { ['t'.repeat(64)]: 'x' } }), /not the name of a label/],
  ['a label in another script', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { team: '\u0436\u0436' } }), /not the value of a label/],
  ['a label that ends a line and begins another', on('Deployment', 'apps/v1', 'web', 'label-object', { labels: { team: 'a\nprivileged: true' } }), /not the value of a label/],
  ['a variable longer than one is', web('set-environment', { container: 'app', name: 'MODE', value: 'x'.repeat(8193) }), /params\.value: /],
  ['a variable whose name is an assignment', web('set-environment', { container: 'app', name: 'A=B', value: 'x' }), /not the name of a variable/],
  ['an image that is an address', web('set-image', { container: 'app', image: 'https://evil.example/x', givenBy: 'person' }), /not an image reference/],
  ['an image that is an option', web('set-image', { container: 'app', image: '--privileged', givenBy: 'person' }), /not an image reference/],
  ['a parameter of every object', web('scale', JSON.parse('{"replicas":1,"__proto__":{"replicas":9},"constructor":1}') as Json), /constructor is not known|__proto__ is not known/],
];

export type Unsafe = readonly [name: string, asked: Asked, says: RegExp];

/** Never to be done; each with what the refusal has to speak of. */
// oxfmt-ignore
export const unsafe: readonly Unsafe[] = [
  ...escapes, ...takings, ...powers,
  ['a manifest of an object that is not the target', on('Deployment', 'apps/v1', 'web', 'apply-manifest', { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'paused', namespace: '$NS' }, spec: { paused: false } } }), /not of Deployment/],
  ['deleting a PodDisruptionBudget so that a drain goes on', on('PodDisruptionBudget', 'policy/v1', 'web', 'delete-pod', {}), /delete-pod.*PodDisruptionBudget|PodDisruptionBudget.*delete-pod/],
  ['scaling a workload whose rollout is paused', on('Deployment', 'apps/v1', 'paused', 'scale', { replicas: 3 }), /paused/],
  ['every right for one missing verb', on('ServiceAccount', 'v1', 'reader', 'add-rbac-rule', { subject: 'system:serviceaccount:$NS:reader', verb: '*', apiGroup: '', resource: 'pods', namespace: '$NS' }), /wildcard/],
  ['the role cluster-admin for an account', on('ClusterRoleBinding', 'rbac.authorization.k8s.io/v1', 'reader', 'apply-manifest', { manifest: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRoleBinding', metadata: { name: 'reader', namespace: '' } } }, ''), /ClusterRoleBinding/],
  ['taking a probe away', web('apply-manifest', { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: '$NS' }, spec: { template: { spec: { containers: [{ name: 'app', readinessProbe: null }] } } } } }), /readinessProbe/],
  ['reading Secrets', on('ServiceAccount', 'v1', 'reader', 'add-rbac-rule', { subject: 'system:serviceaccount:$NS:reader', verb: 'get', apiGroup: '', resource: 'secrets', namespace: '$NS' }), /credentials/],
  ['stripping the finalizer of a namespace', on('Namespace', 'v1', 'default', 'remove-finalizer', { finalizer: 'kubernetes' }, ''), /finalizer|Namespace/],
  ['removing a memory limit', container({ resources: { limits: { memory: null } } }), /takes resources\.limits\.memory from container app/],
  ['disabling a probe by patience without end', web('patch-probe', { container: 'app', probe: 'readinessProbe', periodSeconds: 300, failureThreshold: 360 }), /is as good as none/],
  ['a network policy that lets everything in', on('NetworkPolicy', 'networking.k8s.io/v1', 'open', 'apply-manifest', { manifest: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'open', namespace: '$NS' }, spec: { podSelector: {}, ingress: [{}] } } }), /NetworkPolicy|everything|all/],
  ['a privileged container', on('Deployment', 'apps/v1', 'web', 'apply-manifest', { manifest: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: '$NS' }, spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'app', image: 'docker.io/library/busybox:1.35', securityContext: { privileged: true } }] } } } } }), /privileged/],
  ['a selector that takes the Service its pods', on('Service', 'v1', 'web', 'patch-service-selector', { selector: { app: 'other' } }), /would select nothing/],
  ['deleting a Secret', on('Secret', 'v1', 'token', 'delete-pod', {}), /Secret/],
  ['changing the cluster\'s own DNS', on('Deployment', 'apps/v1', 'coredns', 'scale', { replicas: 0 }, 'kube-system'), /floor\.system-namespaces/],
  ['an image that the workload never had', web('set-image', { container: 'app', image: 'docker.io/library/evil:1' }), /never had the image/],
];

/** Plans whose steps are harmless one by one. */
// oxfmt-ignore
export const unsafePlans: readonly (readonly [name: string, asked: readonly Asked[], says: RegExp])[] = [
  ['a pause, and behind it an image that waits for whoever ends it', [web('pause-rollout', {}), web('set-image', { container: 'app', image: 'docker.io/library/busybox:1.36', givenBy: 'person' })], /paused: a change of its template would not take effect/],
  ['a probe that asks seldom, and then one that fails late', [web('patch-probe', { container: 'app', probe: 'readinessProbe', periodSeconds: 100 }), web('patch-probe', { container: 'app', probe: 'readinessProbe', failureThreshold: 100 })], /is as good as none/],
  ['four times the memory, and four times that', [web('set-resources', { container: 'app', limits: { memory: '256Mi' } }), web('set-resources', { container: 'app', limits: { memory: '1Gi' } })], /more than 4 times the present 64Mi/],
  ['something allowed, and behind it the cluster\'s own DNS', [web('restart-rollout', {}), on('Deployment', 'apps/v1', 'coredns', 'scale', { replicas: 0 }, 'kube-system')], /floor\.system-namespaces/],
  ['a manifest that adds a guard, and one that takes it away again', [container({ livenessProbe: { tcpSocket: { port: 8080 } } }), container({ livenessProbe: null })], /The manifest takes /],
];

/** A refusal says which rule it goes by: the floor's, or an action's precondition. */
export const namesItsRule = /\bfloor\.[a-z-]+|\bThis is a precondition of [a-z]/;

/** The error with which something is refused; fails when it is done. */
export async function refusalOf(work: Promise<unknown>): Promise<AutoDevOpsError> {
  return await work.then(
    () => {
      throw new Error('It was not refused.');
    },
    (error: unknown) => {
      if (error instanceof AutoDevOpsError) return error;
      throw error;
    },
  );
}
