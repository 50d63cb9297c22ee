import { listed } from '@autodevops/domain/count-words';
import type { BlindSpot } from '@autodevops/domain/diagnosis';
import { AutoDevOpsError } from '@autodevops/domain/errors';
import { flag, object } from '@autodevops/domain/kubernetes/shape';
import type { KubeClient } from '../../http/client.ts';
import { askerOf } from './asker.ts';
import { boundedParallel } from '../bounded-parallel.ts';
import type { KindRead } from '../lists/kind-read.ts';

/** In more namespaces than this the rest is taken to be like them. */
const mostAsked = 12;
const deadlines = { connect: 3_000, header: 3_000, idle: 3_000, total: 3_000 };
const answerShape = object({ status: object({ allowed: flag }) });

/** Where pods were read, undefined for everywhere; there their logs would be read too. */
function placesOf(pods: KindRead, namespaces: readonly string[] | undefined): readonly (string | undefined)[] {
  if (pods.byNamespace !== undefined) {
    return Object.entries(pods.byNamespace.named).flatMap(([name, coverage]) => (coverage === 'none' ? [] : [name]));
  }
  return pods.coverage === 'none' ? [] : (namespaces ?? [undefined]);
}

/** False only where the API server says so: no answer is no news. */
async function isDenied(client: KubeClient, namespace: string | undefined, signal: AbortSignal): Promise<boolean> {
  const resourceAttributes = {
    verb: 'get',
    group: '',
    resource: 'pods',
    subresource: 'log',
    ...(namespace === undefined ? {} : { namespace }),
  };
  const post = { apiVersion: 'authorization.k8s.io/v1', kind: 'SelfSubjectAccessReview', spec: { resourceAttributes } };
  try {
    const answer = await client.json({
      path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
      post,
      signal,
      deadlines,
    });
    return answerShape.read(answer).status.allowed === false;
  } catch (error) {
    if (error instanceof AutoDevOpsError && error.code !== 'interrupted') return false;
    throw error;
  }
}

/**
 * Logs are read after the snapshot, when a refusal can no longer be told: so the API server is asked beforehand whether
 * they may be read (a review of one's own access, which is answered and not kept).
 */
export async function logSpots(
  client: KubeClient,
  pods: KindRead,
  options: { readonly namespaces: readonly string[] | undefined; readonly signal: AbortSignal },
): Promise<readonly BlindSpot[]> {
  const places = placesOf(pods, options.namespaces).slice(0, mostAsked);
  const answers = await boundedParallel(places, 6, (namespace) => isDenied(client, namespace, options.signal));
  const denied = places.filter((_, index) => answers[index] === true);
  if (denied.length === 0) return [];
  const named = denied.filter((namespace) => namespace !== undefined);
  const where =
    named.length === 0 ? '' : ` in ${named.length === 1 ? 'namespace' : 'the namespaces'} ${listed(named, 5)}`;
  return [
    {
      what: `logs${where}`,
      why: `${askerOf(client.access)} may not read them.`,
      remedy: `Bind ${named.length === 0 ? 'a ClusterRole' : 'a Role there'} with {apiGroups: [""], resources: ["pods/log"], verbs: ["get"]} (from deploy/rbac/jamie-read-only.yaml).`,
    },
  ];
}
