// The peer: the same rules over a snapshot fed by client-node's typed lists. Arguments: kubeconfig.
import { AppsV1Api, CoreV1Api, KubeConfig } from '@kubernetes/client-node';
import { diagnoseSnapshot } from '../../../agent-core/src/jamie/diagnose.ts';
import { kindNames, kinds } from '../../../packages/domain/src/kubernetes/kinds.ts';
import type { KindName } from '../../../packages/domain/src/kubernetes/kinds.ts';
import { Snapshot } from '../../../packages/domain/src/snapshot.ts';
import { report } from '../measured-process.ts';

const started = performance.now();
const config = new KubeConfig();
config.loadFromFile(process.argv[2] ?? '');
const core = config.makeApiClient(CoreV1Api);
const apps = config.makeApiClient(AppsV1Api);
const [pods, events, services, nodes, namespaces, deployments, replicaSets] = await Promise.all([
  core.listPodForAllNamespaces(),
  core.listEventForAllNamespaces(),
  core.listServiceForAllNamespaces(),
  core.listNode(),
  core.listNamespace(),
  apps.listDeploymentForAllNamespaces(),
  apps.listReplicaSetForAllNamespaces(),
]);

/** Typed objects carry Date where the API has text; rules read texts. */
function withTexts(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(withTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withTexts(inner)]));
}

const objects: Record<string, unknown[]> = Object.fromEntries(kindNames.map((kind) => [kind, []]));
const put = (kind: KindName, items: readonly object[]): void => {
  objects[kind] = items.map((item) => kinds[kind].shape.read(withTexts(item)));
};
put('Pod', pods.items);
put('Event', events.items);
put('Service', services.items);
put('Node', nodes.items);
put('Namespace', namespaces.items);
put('Deployment', deployments.items);
put('ReplicaSet', replicaSets.items);
const answer = diagnoseSnapshot(new Snapshot({ capturedAt: new Date().toISOString(), objects }));
report({
  milliseconds: performance.now() - started,
  pods: answer.observed.objects['Pod'] ?? 0,
  causes: answer.causes.length,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
});
