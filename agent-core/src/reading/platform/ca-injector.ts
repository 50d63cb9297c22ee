import type { Metadata } from '@autodevops/domain/kubernetes/metadata';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../distinct-by.ts';
import { workloadOf } from '../workloads/owner.ts';
import { isFinished } from '../pods/pod-status.ts';

interface Injector {
  readonly annotation: string;
  readonly isPod: (pod: Pod) => boolean;
}

/** Who writes the authority of a webhook's certificate into its configuration, by the annotation that asks for it. */
const injectors: readonly Injector[] = [
  { annotation: 'cert-manager.io/inject-', isPod: ({ metadata }) => metadata.name.includes('cainjector') },
  {
    annotation: 'service.beta.openshift.io/inject-cabundle',
    isPod: ({ metadata }) => metadata.namespace === 'openshift-service-ca',
  },
];

/** The workloads that have to keep the authority of this object's webhooks; none where a person wrote it. */
export function caInjectors(snapshot: Snapshot, { annotations }: Metadata): readonly ObjectRef[] {
  const asked = injectors.filter(({ annotation }) =>
    Object.keys(annotations).some((key) => key.startsWith(annotation)),
  );
  const pods = asked.flatMap(({ isPod }) => snapshot.list('Pod').filter((pod) => !isFinished(pod) && isPod(pod)));
  return distinctBy(
    pods.map((pod) => workloadOf(snapshot, pod)),
    refKey,
  );
}
