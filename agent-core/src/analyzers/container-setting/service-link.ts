import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

/** A variable that Kubernetes set for a Service. */
export interface ServiceLink {
  readonly service: ObjectRef;
  /** `tcp://10.96.0.7:6379` */
  readonly value: string;
  /** The variables that hold this value: `REDIS_PORT`, `REDIS_PORT_6379_TCP`. */
  readonly names: readonly string[];
}

/** The Service of the pod's namespace whose address the line quotes as the kubelet writes it into a variable. */
export function serviceBehindVariable(
  snapshot: Snapshot,
  { pod, verdict }: TroubledContainer,
): ServiceLink | undefined {
  const match = /\b(tcp|udp):\/\/([0-9a-f.:[\]]{2,45}):(\d{1,5})\b/i.exec(verdict.line.text);
  const [value = '', protocol = '', host = '', port = ''] = match ?? [];
  const service = snapshot
    .listIn('Service', pod.metadata.namespace)
    .find(({ spec }) => host !== '' && spec.clusterIP === host);
  if (service === undefined || pod.spec.enableServiceLinks === false) return undefined;
  const prefix = service.metadata.name.toUpperCase().replaceAll('-', '_');
  return {
    service: refTo('Service', service),
    value,
    names: [`${prefix}_PORT`, `${prefix}_PORT_${port}_${protocol.toUpperCase()}`],
  };
}
