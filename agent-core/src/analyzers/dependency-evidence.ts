import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Because } from '@autodevops/domain/finding';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { MissedDependency } from '../reading/dependency-of-container.ts';
import { targetText } from '../reading/dependency.ts';
import type { PodHostReference } from '../reading/host-references.ts';
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

/** The Service or pod that was not reached: what is broken there explains it. */
export function dependencyCauses({ dependency }: MissedDependency): Because[] {
  const { ref } = dependency;
  return ref === undefined ? [] : [{ object: ref }];
}

/** Policies that may stand between, where a finding says that they do. */
export function policyCauses(snapshot: Snapshot, troubled: TroubledContainer, missed: MissedDependency): Because[] {
  const namespaces = new Set([troubled.pod.metadata.namespace, missed.dependency.ref?.namespace ?? '']);
  return [...namespaces].flatMap((namespace) => snapshot.listIn('NetworkPolicy', namespace).slice(0, 50).map((p) => ({ object: refTo('NetworkPolicy', p) })));
}

/** The cluster's DNS Service. */
export function dnsCauses(snapshot: Snapshot): Because[] {
  const dns = snapshot.listIn('Service', 'kube-system').filter((s) => s.metadata.labels['k8s-app'] === 'kube-dns' || s.metadata.name === 'kube-dns');
  return dns.map((service) => ({ object: refTo('Service', service) }));
}
