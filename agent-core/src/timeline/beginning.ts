import type { Evidence } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { quote } from '../analyzers/finding.ts';
import { revisionsOf } from './revision.ts';

/** The change that a problem began with, as far as times can tell. */
export interface Beginning {
  readonly sentence: string;
  readonly evidence: readonly Evidence[];
}

/** A problem that shows within this time after a change is said to have begun with it. */
const shortlyAfter = 30 * 60_000;

function followed(change: string, trouble: string): boolean {
  const [at, began] = [Date.parse(change), Date.parse(trouble)];
  // Half a minute of grace: event times are whole seconds and clocks differ.
  return !Number.isNaN(at) && !Number.isNaN(began) && began >= at - 30_000 && began - at <= shortlyAfter;
}

function ago(snapshot: Snapshot, time: string): string {
  return `${formatDuration(snapshot.now - Date.parse(time))} ago`;
}

function fromRevision(snapshot: Snapshot, deployment: ObjectRef, since: string): Beginning | undefined {
  const revisions = revisionsOf(snapshot, deployment);
  const newest = revisions.at(-1);
  if (newest === undefined || newest.differences.length === 0 || !followed(newest.created, since)) return undefined;
  const what = newest.differences.slice(0, 3).join(', ');
  const text = `Since revision ${newest.number}, ${ago(snapshot, newest.created)}: ${what}.`;
  const evidence: Evidence = {
    source: 'spec',
    object: newest.replicaSet,
    quote: quote(`revision ${newest.number}: ${newest.differences.join(', ')}`),
    time: newest.created,
    path: 'spec.template',
  };
  return { sentence: quote(text), evidence: [evidence] };
}

function configurationOf(template: PodTemplate): readonly { kind: 'ConfigMap' | 'Secret'; name: string }[] {
  const found: { kind: 'ConfigMap' | 'Secret'; name: string }[] = [];
  for (const container of [...template.spec.initContainers, ...template.spec.containers]) {
    for (const { valueFrom } of container.env) {
      if (valueFrom?.configMapKeyRef !== undefined) found.push({ kind: 'ConfigMap', name: valueFrom.configMapKeyRef.name });
      if (valueFrom?.secretKeyRef !== undefined) found.push({ kind: 'Secret', name: valueFrom.secretKeyRef.name });
    }
    for (const source of container.envFrom) {
      if (source.configMapRef !== undefined) found.push({ kind: 'ConfigMap', name: source.configMapRef.name });
      if (source.secretRef !== undefined) found.push({ kind: 'Secret', name: source.secretRef.name });
    }
  }
  for (const volume of template.spec.volumes) {
    if (volume.configMap !== undefined) found.push({ kind: 'ConfigMap', name: volume.configMap.name });
    if (volume.secret !== undefined) found.push({ kind: 'Secret', name: volume.secret.secretName });
  }
  return found;
}

function templateOf(snapshot: Snapshot, object: ObjectRef): PodTemplate | undefined {
  const { kind, namespace, name } = object;
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet') return snapshot.get(kind, namespace, name)?.spec.template;
  if (kind !== 'Pod') return undefined;
  const pod = snapshot.get('Pod', namespace, name);
  return pod === undefined ? undefined : { metadata: { labels: {}, annotations: {} }, spec: pod.spec };
}

/** The last write by a person or tool to a ConfigMap or Secret that the workload reads, if the trouble followed it. */
function fromConfiguration(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  const template = templateOf(snapshot, object);
  if (template === undefined) return undefined;
  for (const { kind, name } of configurationOf(template)) {
    const held = snapshot.get(kind, object.namespace, name);
    const write = held?.metadata.managers.filter((m) => m.subresource === '').toSorted((a, b) => b.time.localeCompare(a.time))[0];
    if (held === undefined || write === undefined || write.time === held.metadata.creationTimestamp) continue;
    if (!followed(write.time, since)) continue;
    const who = quote(write.manager);
    const path = 'metadata.managedFields';
    return {
      sentence: `Since ${kind} ${name} was changed by ${who}, ${ago(snapshot, write.time)}.`,
      evidence: [{ source: 'spec', object: refTo(kind, held), quote: `${write.operation} by ${who}`, time: write.time, path }],
    };
  }
  return undefined;
}

/** What changed shortly before `since` (ISO) at a workload; undefined when nothing did, or nobody can tell. */
export function beginningOf(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  if (since === '') return undefined;
  const revision = object.kind === 'Deployment' ? fromRevision(snapshot, object, since) : undefined;
  return revision ?? fromConfiguration(snapshot, object, since);
}
