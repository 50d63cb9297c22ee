import type { Container, PodTemplate } from '@autodevops/domain/kubernetes/pod';

function shown(value: string | undefined): string {
  if (value === undefined || value === '') return 'none';
  return value.length > 60 ? `${value.slice(0, 59)}…` : value;
}

/** The tag or digest where only that differs, so that `web:1.4 → 1.5` reads at a glance. */
function imageChange(before: string, after: string): string {
  const split = (image: string): [string, string] => {
    const at = Math.max(image.lastIndexOf(':'), image.lastIndexOf('@'));
    return at > image.lastIndexOf('/') ? [image.slice(0, at), image.slice(at + 1)] : [image, ''];
  };
  const [nameBefore, tagBefore] = split(before);
  const [nameAfter, tagAfter] = split(after);
  if (nameBefore === nameAfter && tagBefore !== '' && tagAfter !== '') {
    return `image ${nameAfter}:${tagBefore} → ${tagAfter}`;
  }
  return `image ${before} → ${after}`;
}

function mapChanges(
  what: string,
  before: Readonly<Record<string, string>>,
  after: Readonly<Record<string, string>>,
): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(after)])].toSorted();
  return keys
    .filter((key) => before[key] !== after[key])
    .map((key) => `${what} ${key} ${shown(before[key])} → ${shown(after[key])}`);
}

function sourceOf(variable: Container['env'][number]): string {
  const { value, valueFrom } = variable;
  const from = valueFrom?.configMapKeyRef ?? valueFrom?.secretKeyRef;
  if (from !== undefined) {
    return `${valueFrom?.secretKeyRef === undefined ? 'ConfigMap' : 'Secret'} ${from.name}/${from.key}`;
  }
  return valueFrom === undefined ? (value ?? '') : 'a field';
}

/** Values of variables are not shown: they may be secret. That one changed is. */
function envChanges(before: Container, after: Container): string[] {
  const index = (c: Container): Map<string, string> => new Map(c.env.map((v) => [v.name, sourceOf(v)]));
  const [old, now] = [index(before), index(after)];
  const names = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return names.flatMap((name) => {
    if (old.get(name) === now.get(name)) return [];
    if (!old.has(name)) return [`variable ${name} added`];
    return [now.has(name) ? `variable ${name} changed` : `variable ${name} removed`];
  });
}

function containerChanges(before: Container, after: Container): string[] {
  const changes: string[] = [];
  if (before.image !== after.image) changes.push(imageChange(before.image, after.image));
  changes.push(...envChanges(before, after));
  changes.push(...mapChanges('limit', before.resources.limits, after.resources.limits));
  changes.push(...mapChanges('request', before.resources.requests, after.resources.requests));
  for (const part of [
    'command',
    'args',
    'livenessProbe',
    'readinessProbe',
    'startupProbe',
    'volumeMounts',
    'ports',
    'securityContext',
    'envFrom',
  ] as const) {
    if (JSON.stringify(before[part]) !== JSON.stringify(after[part])) changes.push(`${part} changed`);
  }
  return changes;
}

/** What is different, one phrase each, in the words of the field. Empty when nothing that we keep differs. */
export function templateDifference(before: PodTemplate, after: PodTemplate): readonly string[] {
  const changes: string[] = [];
  const all = (t: PodTemplate): readonly Container[] => [...t.spec.initContainers, ...t.spec.containers];
  const several = all(after).length > 1;
  for (const container of all(after)) {
    const old = all(before).find((c) => c.name === container.name);
    if (old === undefined) changes.push(`container ${container.name} added (image ${container.image})`);
    else changes.push(...containerChanges(old, container).map((c) => (several ? `${container.name}: ${c}` : c)));
  }
  for (const old of all(before)) {
    if (!all(after).some((c) => c.name === old.name)) changes.push(`container ${old.name} removed`);
  }
  const { metadata: oldMeta, spec: oldSpec } = before;
  changes.push(...mapChanges('label', oldMeta.labels, withoutHash(after.metadata.labels, oldMeta.labels)));
  changes.push(...mapChanges('annotation', oldMeta.annotations, after.metadata.annotations));
  for (const part of [
    'nodeSelector',
    'affinity',
    'tolerations',
    'volumes',
    'serviceAccountName',
    'imagePullSecrets',
    'securityContext',
    'topologySpreadConstraints',
    'priorityClassName',
    'hostNetwork',
  ] as const) {
    if (JSON.stringify(oldSpec[part]) !== JSON.stringify(after.spec[part])) changes.push(`${part} changed`);
  }
  return changes;
}

/** A ReplicaSet's template carries a hash that always differs. */
function withoutHash(
  labels: Readonly<Record<string, string>>,
  before: Readonly<Record<string, string>>,
): Record<string, string> {
  const hash = before['pod-template-hash'];
  const rest = Object.entries(labels).filter(([key]) => key !== 'pod-template-hash');
  return Object.fromEntries(hash === undefined ? rest : [...rest, ['pod-template-hash', hash]]);
}
