import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../reading/dependency-of-container.ts';
import { targetText } from '../reading/dependency.ts';
import type { PodHostReference } from '../reading/host-references.ts';
import { workloadOf } from '../reading/owner.ts';
import type { TroubledContainer } from '../reading/troubled-container.ts';
import { fromSpec } from './finding.ts';
import { fromOutput } from './output-evidence.ts';

/** `Container "app"`, as the first words of a sentence. */
export function whoSpeaks({ view }: TroubledContainer): string {
  return `${view.init && !view.sidecar ? 'Init container' : 'Container'} "${view.spec.name}"`;
}

/** `and ends with exit code 1`, as the last words of a sentence. */
export function whatFollows({ state, exitCode }: TroubledContainer): string {
  if (state === 'unready') return 'and is not ready';
  if (state === 'hanging') return 'and does not end';
  return exitCode === undefined ? 'and crashes' : `and ends with exit code ${exitCode}`;
}

/** `Service db:5432`, `"db:5432"`, or what the container wanted to reach in general. */
export function whatIsMissed({ dependency }: MissedDependency): string {
  const text = targetText(dependency);
  if (text === '') return 'something that it depends on';
  if (dependency.kind === 'service' && dependency.ref !== undefined) {
    const name = `${dependency.ref.namespace}/${dependency.ref.name}`;
    return dependency.port === undefined ? `Service ${name}` : `Service ${name} at "${text}"`;
  }
  if (dependency.kind === 'pod' && dependency.ref !== undefined) return `pod ${dependency.ref.name} at "${text}"`;
  return `"${text}"`;
}

export function dependencyEvidence(troubled: TroubledContainer, missed: MissedDependency): Evidence[] {
  const { ref, view, verdict } = troubled;
  const { namedBy, setting } = missed;
  const quoted = [fromOutput(ref, view, verdict.line)];
  if (namedBy !== undefined) quoted.push(fromOutput(ref, view, namedBy));
  if (setting !== undefined) quoted.push(fromSpec(settingObject(troubled, setting), setting.path, setting.text));
  return quoted;
}

/** The object in which a container is told of a host: its pod, or a ConfigMap. */
export function settingObject({ pod, ref }: TroubledContainer, setting: PodHostReference): ObjectRef {
  return setting.configMap === '' ? ref : refByName('ConfigMap', pod.metadata.namespace, setting.configMap);
}

/** What makes a Service useless to its callers; codes of other chapters are about the pods behind it. */
const brokenService = [
  'service.no-endpoints', 'service.port', 'service.selector', 'service.external-name', 'service.traffic-policy.internal', 'service.governing',
  'pod.', 'workload.', 'statefulset.', 'daemonset.', 'job.', 'admission.', 'permission.', 'storage.', 'node.', 'kind.', 'network.', 'dns.', 'cert-manager.',
];

/** The Service or pod that was not reached: what is broken there explains it. */
export function dependencyCauses({ dependency }: MissedDependency): Because[] {
  const { ref } = dependency;
  return ref === undefined ? [] : [{ object: ref, codes: brokenService }];
}

/** What several workloads may miss together: the Service, or the address outside. Undefined when it is not known. */
export function missedByOthers({ dependency, guessed }: MissedDependency): { sharedWith?: string } {
  const { host, kind, ref, port } = dependency;
  if (host === '' || kind === 'in-pod' || guessed) return {};
  return { sharedWith: `${ref === undefined ? host : refKey(ref)}:${port ?? ''}` };
}

/** Policies that may stand between, where a finding says that they stop this workload. */
export function policyCauses(snapshot: Snapshot, pod: Pod, called: readonly ObjectRef[]): Because[] {
  const namespaces = new Set([pod.metadata.namespace, ...called.map((ref) => ref.namespace)]);
  const facet = refKey(workloadOf(snapshot, pod));
  return [...namespaces].flatMap((namespace) => snapshot.listIn('NetworkPolicy', namespace).slice(0, 50).map((p) => ({ object: refTo('NetworkPolicy', p), codes: ['network-policy.'], facet })));
}

const dnsNames = new Set(['kube-dns', 'coredns', 'dns-default', 'rke2-coredns-rke2-coredns']);

/** The cluster's DNS Service, wherever the distribution keeps it. */
export function dnsCauses(snapshot: Snapshot): Because[] {
  const services = ['kube-system', 'openshift-dns'].flatMap((namespace) => snapshot.listIn('Service', namespace));
  const dns = services.filter((s) => s.metadata.labels['k8s-app'] === 'kube-dns' || dnsNames.has(s.metadata.name));
  return dns.map((service) => ({ object: refTo('Service', service) }));
}
