import type { Container, PodSpec } from '@autodevops/domain/kubernetes/pod';
import type { Readers } from './field.ts';

/** Of a pod, and of what every kind that makes pods says that they are to be. */
export function ofPodSpecs(read: (spec: PodSpec) => readonly string[]): Readers {
  return {
    Pod: ({ spec }) => read(spec),
    Deployment: ({ spec }) => read(spec.template.spec),
    StatefulSet: ({ spec }) => read(spec.template.spec),
    DaemonSet: ({ spec }) => read(spec.template.spec),
    ReplicaSet: ({ spec }) => read(spec.template.spec),
    Job: ({ spec }) => read(spec.template.spec),
    CronJob: ({ spec }) => read(spec.jobTemplate.spec.template.spec),
  };
}

/** Of every container that runs beside the others; init containers only where `init` says so. */
export function ofContainers(read: (container: Container) => readonly string[], { init = false } = {}): Readers {
  return ofPodSpecs(({ containers, initContainers }) => [...(init ? initContainers : []), ...containers].flatMap(read));
}
