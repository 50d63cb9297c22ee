import type { ObjectRef } from '../../../packages/domain/src/object-ref.ts';
import { ARGOCD_NAMESPACE } from '../../bed/delivery/argocd.ts';
import type { ClusterHand } from '../../scenarios/cluster-hand.ts';
import { named } from './delivery-scene.ts';

/** The Application that deploys into a namespace, and is called like it. */
export const applicationFor = (namespace: string): ObjectRef =>
  named('argoproj.io/v1alpha1', 'Application', ARGOCD_NAMESPACE, namespace);

/** Of the folder web on the branch main, into the namespace of its name. */
export function application(namespace: string, repoURL: string, syncPolicy?: object): object {
  const { apiVersion, kind, name } = applicationFor(namespace);
  const spec = {
    project: 'default',
    source: { repoURL, path: 'web', targetRevision: 'main' },
    destination: { server: 'https://kubernetes.default.svc', namespace },
    ...(syncPolicy === undefined ? {} : { syncPolicy }),
  };
  return { apiVersion, kind, metadata: { name, namespace: ARGOCD_NAMESPACE }, spec };
}

/** Somebody else asks Argo CD for it. */
export async function syncByHand(hand: ClusterHand, namespace: string): Promise<void> {
  const { apiVersion, name } = applicationFor(namespace);
  const operation = JSON.stringify({ operation: { sync: { syncStrategy: { hook: {} } } } });
  const kind = `applications.${apiVersion.split('/')[0]}`;
  await hand.must(['-n', ARGOCD_NAMESPACE, 'patch', kind, name, '--type=merge', '-p', operation]);
}
