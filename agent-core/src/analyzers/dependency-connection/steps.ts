import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { settingObject } from '../../evidence/dependency-evidence.ts';
import type { MissedDependency } from '../../reading/network/dependency-of-container.ts';
import type { PodHostReference } from '../../reading/network/host-references.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';

/** Services of the namespace that offer the port: where localhost was meant to lead. */
function servicesWith(snapshot: Snapshot, namespace: string, port: number | undefined): readonly string[] {
  if (port === undefined) return [];
  return snapshot
    .listIn('Service', namespace)
    .filter((s) => s.spec.ports.some((p) => p.port === port))
    .map((s) => s.metadata.name)
    .slice(0, 3);
}

function quoted(names: readonly string[]): string {
  return names.map((name) => `"${name}"`).join(', ');
}

function inPodSteps(snapshot: Snapshot, troubled: TroubledContainer, port: number | undefined): string[] {
  const { pod, view } = troubled;
  const neighbour = pod.spec.containers.find(
    (c) => c.name !== view.spec.name && c.ports.some((p) => p.containerPort === port),
  );
  if (neighbour !== undefined) {
    return [`Look at container "${neighbour.name}" of the same pod, which declares port ${port}.`];
  }
  const services = servicesWith(snapshot, pod.metadata.namespace, port);
  const hint = services.length === 0 ? '' : ` (Service ${quoted(services)} offers port ${port})`;
  return [`Name the Service in place of localhost: in a pod, localhost is the pod itself${hint}.`];
}

const templateOf: Readonly<Record<string, string>> = {
  Deployment: 'spec.template.',
  StatefulSet: 'spec.template.',
  DaemonSet: 'spec.template.',
  Job: 'spec.template.',
  CronJob: 'spec.jobTemplate.spec.template.',
};

/** Where people change it: in the workload's template, not in a pod that it makes anew. */
function placeOf(snapshot: Snapshot, troubled: TroubledContainer, setting: PodHostReference): string {
  const object = settingObject(troubled, setting);
  const workload = object.kind === 'Pod' ? workloadOf(snapshot, troubled.pod) : object;
  return ` in \`${templateOf[workload.kind] ?? ''}${setting.path}\` of ${refText(workload)}`;
}

/** What to do first, with the names in it. */
export function stepsFor(snapshot: Snapshot, troubled: TroubledContainer, missed: MissedDependency): readonly string[] {
  const { dependency, setting } = missed;
  const { kind, alike, elsewhere, otherPorts, ref, port } = dependency;
  const where = setting === undefined ? '' : placeOf(snapshot, troubled, setting);
  if (kind === 'in-pod') return inPodSteps(snapshot, troubled, port);
  if (otherPorts !== undefined && ref !== undefined) {
    return [`Use port ${otherPorts.join(' or ')} of Service ${ref.namespace}/${ref.name}${where}.`];
  }
  if (kind === 'missing-service' && ref !== undefined) {
    const steps: string[] = [];
    if (elsewhere.length > 0) {
      steps.push(
        `Name it as "${ref.name}.${elsewhere[0]}"${where}: a Service "${ref.name}" is in namespace ${quoted(elsewhere)}.`,
      );
    }
    if (alike.length > 0) steps.push(`Check the spelling${where}: namespace ${ref.namespace} has ${quoted(alike)}.`);
    return steps;
  }
  if (kind === 'service' && ref !== undefined) {
    return [
      `Look at the pods behind Service ${ref.namespace}/${ref.name}: \`kubectl -n ${ref.namespace} get endpointslices -l kubernetes.io/service-name=${ref.name}\`.`,
    ];
  }
  return where === '' ? [] : [`Check the address${where}.`];
}
