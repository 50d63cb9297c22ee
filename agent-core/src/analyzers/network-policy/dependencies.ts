import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { connectionTrouble, isStruggling } from '../../reading/output/connection-trouble.ts';
import type { TroubleLine } from '../../reading/output/connection-trouble.ts';
import type { PodHostReference } from '../../reading/network/host-references.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import { isFinished, isReady, isTerminating } from '../../reading/pods/pod-status.ts';
import { podsBehind } from '../../reading/network/service-pods.ts';
import { callersOf } from '../../reading/network/service-users.ts';

/** A workload's pod that names a Service, with the worst sign of trouble among the workload's pods. */
export interface Dependency {
  readonly caller: Pod;
  readonly workload: ObjectRef;
  readonly service: Service;
  readonly reference: PodHostReference;
  readonly struggling: boolean;
  readonly line: TroubleLine | undefined;
}

function weight(d: Dependency): number {
  return (d.line === undefined ? 0 : 2) + (d.struggling ? 1 : 0);
}

/** Every declared dependency on a Service, once for each calling workload and port. */
export function dependenciesOn(snapshot: Snapshot, service: Service): readonly Dependency[] {
  const found = new Map<string, Dependency>();
  for (const { pod, reference } of callersOf(snapshot, service.metadata)) {
    if (isTerminating(pod)) continue;
    const workload = workloadOf(snapshot, pod);
    const places = [
      reference.host,
      ...((service.spec.clusterIP ?? 'None') === 'None' ? [] : [service.spec.clusterIP ?? '']),
    ];
    const struggling = isStruggling(snapshot, pod, reference.container);
    const one: Dependency = {
      caller: pod,
      workload,
      service,
      reference,
      struggling,
      line: connectionTrouble(snapshot, pod, places),
    };
    const key = `${refKey(workload)}|${reference.port ?? ''}`;
    const before = found.get(key);
    if (before === undefined || weight(one) > weight(before)) found.set(key, one);
  }
  return [...found.values()];
}

export interface Target {
  readonly pod: Pod;
  readonly port: number;
  readonly protocol: string;
}

function containerPort(pod: Pod, target: number | string | undefined, port: number | undefined): number | undefined {
  if (typeof target === 'number') return target;
  if (target === undefined) return port;
  return pod.spec.containers.flatMap((c) => c.ports).find((p) => p.name === target)?.containerPort;
}

/** Where connections to a port of a Service end (any of its ports when none is named): living pods, a few of them. */
export function targetsOf(
  snapshot: Snapshot,
  { service, port: asked }: { readonly service: Service; readonly port: number | undefined },
): readonly Target[] {
  const pods = podsBehind(snapshot, service).filter((p) => !isFinished(p) && !isTerminating(p));
  const some = [...pods.filter(isReady), ...pods.filter((p) => !isReady(p))].slice(0, 5);
  const wanted = service.spec.ports.filter((p) => asked === undefined || p.port === asked);
  const ports =
    service.spec.clusterIP === 'None' && wanted.length === 0 && asked !== undefined
      ? [{ port: asked, targetPort: asked, protocol: 'TCP' }]
      : wanted;
  return some.flatMap((pod) =>
    ports.flatMap((p): Target[] => {
      const port = containerPort(pod, p.targetPort, p.port);
      return port === undefined ? [] : [{ pod, port, protocol: p.protocol ?? 'TCP' }];
    }),
  );
}
