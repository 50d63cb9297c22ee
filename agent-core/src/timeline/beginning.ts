import type { Evidence } from '@autodevops/domain/diagnosis';
import { formatDuration } from '@autodevops/domain/duration';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { quote } from '../evidence/finding.ts';
import { configurationReferences } from '../reading/configuration-reference.ts';
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

function specOf(snapshot: Snapshot, object: ObjectRef): PodSpec | undefined {
  const { kind, namespace, name } = object;
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet') return snapshot.get(kind, namespace, name)?.spec.template.spec;
  return kind === 'Pod' ? snapshot.get('Pod', namespace, name)?.spec : undefined;
}

interface Write {
  readonly object: ObjectRef;
  readonly manager: string;
  readonly operation: string;
  readonly time: string;
}

/** The last write by a person or tool to a ConfigMap or Secret; its creation is none. */
function lastWrite(snapshot: Snapshot, kind: 'ConfigMap' | 'Secret', at: { readonly namespace: string; readonly name: string }): Write | undefined {
  const held = snapshot.get(kind, at.namespace, at.name);
  const write = held?.metadata.managers.filter((m) => m.subresource === '').toSorted((a, b) => b.time.localeCompare(a.time))[0];
  if (held === undefined || write === undefined || write.time === held.metadata.creationTimestamp) return undefined;
  return { ...write, object: refTo(kind, held) };
}

/** The newest write to a ConfigMap or Secret that the workload reads, of those that the trouble followed. */
function fromConfiguration(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  const spec = specOf(snapshot, object);
  if (spec === undefined) return undefined;
  const { namespace } = object;
  const writes = configurationReferences({ spec }).map(({ kind, name }) => lastWrite(snapshot, kind, { namespace, name }));
  const followedWrites = writes.filter((write) => write !== undefined).filter((write) => followed(write.time, since));
  const [newest] = followedWrites.toSorted((a, b) => b.time.localeCompare(a.time) || a.object.name.localeCompare(b.object.name));
  if (newest === undefined) return undefined;
  const who = quote(newest.manager);
  return {
    sentence: `Since ${newest.object.kind} ${newest.object.name} was changed by ${who}, ${ago(snapshot, newest.time)}.`,
    evidence: [{ source: 'spec', object: newest.object, quote: `${newest.operation} by ${who}`, time: newest.time, path: 'metadata.managedFields' }],
  };
}

/** What changed shortly before `since` (ISO) at a workload; undefined when nothing did, or nobody can tell. */
export function beginningOf(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  if (since === '') return undefined;
  const revision = object.kind === 'Deployment' ? fromRevision(snapshot, object, since) : undefined;
  return revision ?? fromConfiguration(snapshot, object, since);
}
