import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../reading/network/dependency-of-container.ts';
import { targetText } from '../reading/network/dependency.ts';
import { podHostReferences, serviceOfHost } from '../reading/network/host-references.ts';
import type { PodHostReference } from '../reading/network/host-references.ts';
import { workloadOf } from '../reading/workloads/owner.ts';
import { isFinished, isReady } from '../reading/pods/pod-status.ts';
import { podsStandingFor } from '../reading/pods/pods-standing-for.ts';
import { customOfKind, refToCustom } from '../reading/platform/custom-objects.ts';
import { podsBehind } from '../reading/network/service-pods.ts';
import { servicesCalled } from '../reading/network/services-called.ts';
import { matchesLabels } from '../reading/selector.ts';
import { workloadTemplates } from '../reading/workloads/workload-templates.ts';
import type { TroubledContainer } from '../reading/pods/troubled-container.ts';
import { fromSpec } from './finding.ts';
import { fromOutput } from './output-evidence.ts';

/** `Container "app"`, as the first words of a sentence. */
export function whoSpeaks({ view }: TroubledContainer): string {
  return `${view.init && !view.sidecar ? 'Init container' : 'Container'} "${view.spec.name}"`;
}

/** `and ends with exit code 1`, as the last words of a sentence. */
export function whatFollows({ state, exitCode, neededBy }: TroubledContainer): string {
  if (state === 'needed') return `and container "${neededBy ?? ''}" of the same pod crashes for it`;
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
  'service.no-endpoints',
  'service.port',
  'service.selector',
  'service.external-name',
  'service.traffic-policy.internal',
  'service.governing',
  'pod.',
  'workload.',
  'statefulset.',
  'daemonset.',
  'job.',
  'admission.',
  'permission.',
  'storage.',
  'node.',
  'kind.',
  'network.',
  'dns.',
  'cert-manager.',
];

/** The Service or pod that was not reached: what is broken there explains it. */
export function dependencyCauses({ dependency }: MissedDependency): Because[] {
  const { ref } = dependency;
  return ref === undefined ? [] : [{ object: ref, codes: brokenService }];
}

/**
 * Services that a container is told of and behind which no pod is ready: the likely reason when it says of itself that it
 * cannot work, and not why.
 */
export function calledInVain(snapshot: Snapshot, pod: Pod, container: string): Because[] {
  const { namespace } = pod.metadata;
  const told = podHostReferences(snapshot, pod).filter((r) => r.container === container || r.container === '');
  const named = told.map(({ host }) => serviceOfHost(snapshot, host, namespace)).filter((at) => at !== undefined);
  const services = new Set(
    named.map((at) => snapshot.get('Service', at.namespace, at.name)).filter((s) => s !== undefined),
  );
  return [...services].flatMap((service) => {
    const pods = podsBehind(snapshot, service).filter((p) => !isFinished(p));
    const hasSelector = Object.keys(service.spec.selector).length > 0;
    const own = pods.some((p) => p.metadata.uid === pod.metadata.uid);
    return !hasSelector || own || pods.some(isReady)
      ? []
      : [{ object: refTo('Service', service), codes: brokenService }];
  });
}

/**
 * What may explain a container of which no word was recorded: Services that it calls in vain, volumes of those that it
 * calls, policies that are known to stop it, a cluster DNS that is down.
 */
export function unspokenCauses(snapshot: Snapshot, pod: Pod, container: string): Because[] {
  const called = servicesCalled(snapshot, refTo('Pod', pod));
  const claims = called
    .flatMap((ref) => claimsBehind(snapshot, ref))
    .map((object) => ({ object, codes: ['signal.volume.'] }));
  return [
    ...calledInVain(snapshot, pod, container),
    ...claims,
    ...policyCauses(snapshot, pod, called),
    ...deadDns(snapshot),
  ];
}

/** The cluster's DNS, when not one of its pods is ready: then nobody resolves a name. */
function deadDns(snapshot: Snapshot): Because[] {
  return dnsCauses(snapshot).filter(({ object }) => {
    const pods = podsStandingFor(snapshot, object).filter((pod) => !isFinished(pod));
    return pods.length > 0 && !pods.some(isReady);
  });
}

/** The claims of the pods behind a Service. */
export function claimsBehind(snapshot: Snapshot, service: ObjectRef): readonly ObjectRef[] {
  return podsStandingFor(snapshot, service).flatMap((pod) =>
    pod.spec.volumes.flatMap(({ persistentVolumeClaim: claim }) =>
      claim === undefined ? [] : [refByName('PersistentVolumeClaim', pod.metadata.namespace, claim.claimName)],
    ),
  );
}

/** What several workloads may miss together: the Service, or the address outside. Undefined when it is not known. */
export function missedByOthers({ dependency, guessed }: MissedDependency): { sharedWith?: string } {
  const { host, kind, ref, port } = dependency;
  if (host === '' || kind === 'in-pod' || (guessed && ref === undefined)) return {};
  // Of a Service one caller's log tells the port, another's does not.
  return { sharedWith: ref === undefined ? `${host}:${port ?? ''}` : refKey(ref) };
}

/** Policies that may stand between, where a finding says that they stop this workload. */
export function policyCauses(snapshot: Snapshot, pod: Pod, called: readonly ObjectRef[]): Because[] {
  const namespaces = new Set([pod.metadata.namespace, ...called.map((ref) => ref.namespace)]);
  const facet = refKey(workloadOf(snapshot, pod));
  const policies = [...namespaces].flatMap((namespace) =>
    snapshot
      .listIn('NetworkPolicy', namespace)
      .slice(0, 50)
      .map((p) => refTo('NetworkPolicy', p)),
  );
  // Those of a network's own kind count in the namespace of the caller, or for all.
  const ofNetwork = ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy']
    .flatMap((kind) => customOfKind(snapshot, 'cilium.io', kind))
    .filter(({ metadata }) => ['', pod.metadata.namespace].includes(metadata.namespace))
    .slice(0, 50)
    .map(refToCustom);
  return [...policies, ...ofNetwork].map((object) => ({ object, codes: ['network-policy.'], facet }));
}

const dnsNames = new Set(['kube-dns', 'coredns', 'dns-default', 'rke2-coredns-rke2-coredns']);

/** The cluster's DNS Service, wherever the distribution keeps it. */
export function dnsCauses(snapshot: Snapshot): Because[] {
  const services = ['kube-system', 'openshift-dns'].flatMap((namespace) => snapshot.listIn('Service', namespace));
  const dns = services.filter((s) => s.metadata.labels['k8s-app'] === 'kube-dns' || dnsNames.has(s.metadata.name));
  return dns.flatMap((service) => {
    // A workload without replicas has no pod by which the Service would lead to it.
    const empty = workloadTemplates(snapshot, service.metadata.namespace).filter(
      (w) => w.replicas === 0 && matchesLabels(service.spec.selector, w.labels),
    );
    return [{ object: refTo('Service', service) }, ...empty.map((w) => ({ object: w.ref, codes: ['dns.'] }))];
  });
}
