import type { Manifest } from '@autodevops/domain/change/operation';
import { joinApiVersion } from '@autodevops/domain/kubernetes/api-version';
import type { ObjectName } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Live } from '../action.ts';
import { podsOf } from '../standing/pods-of.ts';
import type { ArgoApplication } from './argo-application.ts';
import { templateKinds } from './workload-template.ts';

const mostResources = 50;
/** What Argo CD calls the cluster that it runs in: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/#clusters */
const here = { server: 'https://kubernetes.default.svc', name: 'in-cluster' } as const;

/** What differs from Git and Git still has, or all that the Application keeps. */
export type Which = 'out-of-sync' | 'all';

/** The cluster that it deploys into, when that is another one than this. */
function otherCluster({ spec: { destination } }: ArgoApplication): string | undefined {
  const { server = '', name = '' } = destination ?? {};
  if (server !== '') return server === here.server ? undefined : server;
  return name === '' || name === here.name ? undefined : name;
}

/** What the Application keeps by its own account. One that was never compared tells no more than its namespace. */
function resourcesOf(
  { spec: { destination }, status: { resources } }: ArgoApplication,
  which: Which,
): readonly ObjectName[] {
  const namespace = destination?.namespace ?? '';
  if (resources.length === 0) {
    return namespace === '' ? [] : [{ apiVersion: 'v1', kind: 'Namespace', namespace: '', name: namespace }];
  }
  const reached = resources.filter((one) => which === 'all' || (one.status === 'OutOfSync' && !one.requiresPruning));
  return reached.map(({ group, version, kind, namespace: place, name }) => ({
    apiVersion: joinApiVersion(group, version || 'v1'),
    kind,
    namespace: place,
    name,
  }));
}

async function podsOfAll(resources: readonly ObjectName[], live: Live): Promise<readonly Manifest[]> {
  const templated = resources
    .filter(
      ({ apiVersion, kind }) => apiVersion.startsWith('apps/') && (templateKinds as readonly string[]).includes(kind),
    )
    .slice(0, mostResources);
  const workloads = await Promise.all(templated.map((name) => live.cluster.get(name, { signal: live.signal })));
  return (
    await Promise.all(workloads.flatMap((workload) => (workload === undefined ? [] : [podsOf(workload, live)])))
  ).flat();
}

/** Where Argo CD changes something when it is asked, and the pods of the workloads there. */
export async function reachOfApplication(
  application: ArgoApplication,
  which: Which,
  live: Live,
): Promise<Pick<Draft, 'touches' | 'reaches'>> {
  if (otherCluster(application) !== undefined) return { touches: [] };
  const resources = resourcesOf(application, which);
  return {
    touches: await podsOfAll(resources, live),
    ...(application.status.resources.length === 0 && resources.length === 0 ? {} : { reaches: resources }),
  };
}

/** What people have to know of where it reaches. */
export function reachNotes(application: ArgoApplication): readonly string[] {
  const other = otherCluster(application);
  return other === undefined
    ? []
    : [`It deploys into another cluster (${other}): what becomes of that is not seen from here.`];
}
