import { AutoDevOpsError } from '@autodevops/domain/errors';
import { name, object, texts } from '@autodevops/domain/kubernetes/shape';
import type { ClusterUser } from '@autodevops/domain/ports/cluster-objects';
import type { KubeClient } from '../http/client.ts';

const group = 'authentication.k8s.io';
/** Served since Kubernetes 1.28, and as beta since 1.27. */
const versions = ['v1', 'v1beta1'];
const answerShape = object({ status: object({ userInfo: object({ username: name, groups: texts }) }) });

/** What says that there is no such review, or none for us. */
const unanswered: readonly AutoDevOpsError['code'][] = ['cluster.not-found', 'cluster.forbidden'];

/**
 * Asks the API server whom it takes us for (a review of oneself, which is answered and not kept); undefined where it
 * does not say. https://kubernetes.io/docs/reference/access-authn-authz/authentication/#self-subject-review
 */
export async function reviewSelf(client: KubeClient, signal: AbortSignal): Promise<ClusterUser | undefined> {
  for (const version of versions) {
    const post = { apiVersion: `${group}/${version}`, kind: 'SelfSubjectReview' };
    try {
      const { username, groups } = answerShape.read(
        await client.json({ path: `/apis/${group}/${version}/selfsubjectreviews`, post, signal }),
      ).status.userInfo;
      return username === '' ? undefined : { name: username, groups };
    } catch (error) {
      if (!(error instanceof AutoDevOpsError) || !unanswered.includes(error.code)) throw error;
    }
  }
  return undefined;
}
