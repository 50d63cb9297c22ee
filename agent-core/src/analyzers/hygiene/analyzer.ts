import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Container } from '@autodevops/domain/kubernetes/pod';
import type { LabelSelector } from '@autodevops/domain/kubernetes/metadata';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { nameList } from '../../reading/name-list.ts';
import { matchesLabels, matchesSelector } from '../../reading/selector.ts';
import { workloadNamespaces, workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';
import type { Analyzer } from '../analyzer.ts';
import * as codes from './codes.ts';

/** What belongs to the cluster itself is somebody else's to keep. */
const foreign = ['kube-system', 'kube-public', 'kube-node-lease', 'local-path-storage'];

interface Look {
  readonly snapshot: Snapshot;
  readonly workload: WorkloadTemplate;
  readonly served: boolean;
}

function specPath(workload: WorkloadTemplate, rest: string): string {
  return `${workload.ref.kind === 'Pod' ? 'spec' : 'spec.template.spec'}.${rest}`;
}

function tell(
  look: Look,
  code: CodeEntry,
  said: { readonly cause: string; readonly path: string; readonly value: string },
): Finding {
  const { ref } = look.workload;
  return finding(code, {
    object: ref,
    cause: `${refText(ref)} ${said.cause}.`,
    evidence: [fromSpec(ref, specPath(look.workload, said.path), said.value)],
  });
}

/** One finding for all containers to which it applies. */
function checkContainers(
  look: Look,
  code: CodeEntry,
  rule: {
    readonly applies: (c: Container) => boolean;
    readonly cause: string;
    readonly path: string;
    readonly value: (c: Container) => string;
  },
): Finding[] {
  const { containers } = look.workload.spec;
  const at = containers.findIndex(rule.applies);
  const first = containers[at];
  if (first === undefined) return [];
  const names = nameList(containers.filter(rule.applies).map((c) => `"${c.name}"`));
  return [
    tell(look, code, {
      cause: `${rule.cause} (container ${names})`,
      path: `containers[${at}].${rule.path}`,
      value: rule.value(first),
    }),
  ];
}

function isLatest({ image }: Container): boolean {
  if (image === '' || image.includes('@')) return false;
  const tag = image.slice(image.lastIndexOf('/') + 1).split(':')[1];
  return tag === undefined || tag === 'latest';
}

function asText(value: unknown): string {
  return JSON.stringify(value) ?? '(not set)';
}

function resources(look: Look): Finding[] {
  const lacks = (c: Container): boolean =>
    c.resources.requests['cpu'] === undefined || c.resources.requests['memory'] === undefined;
  const value = (c: Container): string => `resources: ${asText(c.resources)}`;
  return [
    ...checkContainers(look, codes.requestsMissing, {
      applies: lacks,
      cause: 'has no CPU or memory request',
      path: 'resources',
      value,
    }),
    ...checkContainers(look, codes.memoryLimitMissing, {
      applies: (c) => c.resources.limits['memory'] === undefined,
      cause: 'has no memory limit',
      path: 'resources',
      value,
    }),
  ];
}

function probes(look: Look): Finding[] {
  const { containers } = look.workload.spec;
  const first = containers[0];
  const readiness = look.served
    ? checkContainers(look, codes.readinessMissing, {
        applies: (c) => c.ports.length > 0 && c.readinessProbe === undefined,
        cause: 'has no readiness probe',
        path: 'readinessProbe',
        value: () => '(not set)',
      })
    : [];
  if (first === undefined || containers.some((c) => c.livenessProbe !== undefined)) return readiness;
  return [
    ...readiness,
    tell(look, codes.livenessMissing, {
      cause: 'has no liveness probe',
      path: 'containers[0].livenessProbe',
      value: '(not set)',
    }),
  ];
}

function security(look: Look): Finding[] {
  const pod = look.workload.spec.securityContext;
  const mayBeRoot = ({ securityContext: own }: Container): boolean => {
    const user = own.runAsUser ?? pod.runAsUser;
    return (own.runAsNonRoot ?? pod.runAsNonRoot) !== true && (user === undefined || user === 0);
  };
  return [
    ...checkContainers(look, codes.privileged, {
      applies: (c) => c.securityContext.privileged === true,
      cause: 'is privileged',
      path: 'securityContext.privileged',
      value: () => 'privileged: true',
    }),
    ...checkContainers(look, codes.mayBeRoot, {
      applies: mayBeRoot,
      cause: 'may run as root',
      path: 'securityContext.runAsNonRoot',
      value: (c) => `runAsNonRoot: ${asText(c.securityContext.runAsNonRoot ?? pod.runAsNonRoot)}`,
    }),
  ];
}

function images(look: Look): Finding[] {
  return checkContainers(look, codes.latestTag, {
    applies: isLatest,
    cause: 'runs an image without a fixed version',
    path: 'image',
    value: (c) => `image: ${c.image}`,
  });
}

function token(look: Look): Finding[] {
  const { spec, ref } = look.workload;
  const account = spec.serviceAccountName ?? 'default';
  const found = look.snapshot.get('ServiceAccount', ref.namespace, 'default');
  if (account !== 'default' && account !== '') return [];
  if (spec.automountServiceAccountToken === false || found?.automountServiceAccountToken === false) return [];
  return [
    tell(look, codes.defaultToken, {
      cause: 'mounts the token of the default service account',
      path: 'automountServiceAccountToken',
      value: '(not set)',
    }),
  ];
}

function isGuarded({ snapshot, workload }: Look): boolean {
  const selects = (selector: LabelSelector | undefined): boolean =>
    selector !== undefined && matchesSelector(selector, workload.labels);
  return snapshot.listIn('PodDisruptionBudget', workload.ref.namespace).some((budget) => selects(budget.spec.selector));
}

function replicas(look: Look): Finding[] {
  const { workload, snapshot, served } = look;
  const { ref } = workload;
  if (!served || (ref.kind !== 'Deployment' && ref.kind !== 'StatefulSet')) return [];
  const evidence = [fromSpec(ref, 'spec.replicas', `replicas: ${workload.replicas}`)];
  if (workload.replicas === 1 && ref.kind === 'Deployment') {
    return [
      finding(codes.singleReplica, {
        object: ref,
        cause: `${refText(ref)} has a single replica behind a Service.`,
        evidence,
      }),
    ];
  }
  if (workload.replicas < 2 || !snapshot.saw('PodDisruptionBudget', ref.namespace) || isGuarded(look)) return [];
  return [
    finding(codes.budgetMissing, {
      object: ref,
      cause: `${refText(ref)} has ${workload.replicas} replicas and no PodDisruptionBudget.`,
      evidence,
    }),
  ];
}

function checkWorkload(look: Look): Finding[] {
  return [...probes(look), ...resources(look), ...images(look), ...security(look), ...token(look), ...replicas(look)];
}

/** Advice, never a cause; the engine leaves it out unless it is asked for. */
export const hygiene: Analyzer = {
  name: 'hygiene',
  codes: Object.values(codes),
  analyze: (snapshot) =>
    workloadNamespaces(snapshot)
      .filter((namespace) => !foreign.includes(namespace))
      .flatMap((namespace) => {
        const services = snapshot.listIn('Service', namespace);
        return workloadTemplates(snapshot, namespace).flatMap((workload) => {
          const served = services.some((service) => matchesLabels(service.spec.selector, workload.labels));
          return workload.replicas === 0 ? [] : checkWorkload({ snapshot, workload, served });
        });
      }),
};
