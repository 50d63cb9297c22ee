import type { Evidence } from '@autodevops/domain/diagnosis';
import type { PodSpec } from '@autodevops/domain/kubernetes/pod';
import { refKey, refTo } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { quote } from '../evidence/finding.ts';
import { configurationReferences } from '../reading/pods/configuration/configuration-reference.ts';
import { workloadOf } from '../reading/workloads/owner.ts';
import { podsStandingFor } from '../reading/pods/pods-standing-for.ts';
import { revisionsOf } from './revision.ts';

/** The change that a problem began with, as far as times can tell. */
export interface Beginning {
  /** Without how long ago it was: whoever shows it knows what time it is. */
  readonly sentence: string;
  /** When it was made, ISO 8601. */
  readonly time: string;
  readonly evidence: readonly Evidence[];
  /** The workload whose new revision it was. */
  readonly workload?: ObjectRef;
}

/** A problem that shows within this time after a change is said to have begun with it. */
const shortlyAfter = 30 * 60_000;

function followed(change: string, trouble: string): boolean {
  const [at, began] = [Date.parse(change), Date.parse(trouble)];
  // Half a minute of grace: event times are whole seconds and clocks differ.
  return !Number.isNaN(at) && !Number.isNaN(began) && began >= at - 30_000 && began - at <= shortlyAfter;
}

function fromRevision(snapshot: Snapshot, deployment: ObjectRef, since: string): Beginning | undefined {
  const revisions = revisionsOf(snapshot, deployment);
  const newest = revisions.at(-1);
  if (newest === undefined || newest.differences.length === 0 || !followed(newest.created, since)) return undefined;
  const what = newest.differences.slice(0, 3).join(', ');
  const text = `Since revision ${newest.number}: ${what}.`;
  const evidence: Evidence = {
    source: 'spec',
    object: newest.replicaSet,
    quote: quote(`revision ${newest.number}: ${newest.differences.join(', ')}`),
    time: newest.created,
    path: 'spec.template',
  };
  return { sentence: quote(text), time: newest.created, evidence: [evidence], workload: deployment };
}

function specOf(snapshot: Snapshot, object: ObjectRef): PodSpec | undefined {
  const { kind, namespace, name } = object;
  if (kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet') {
    return snapshot.get(kind, namespace, name)?.spec.template.spec;
  }
  return kind === 'Pod' ? snapshot.get('Pod', namespace, name)?.spec : undefined;
}

interface Write {
  readonly object: ObjectRef;
  readonly manager: string;
  readonly operation: string;
  readonly time: string;
}

/** The last write by a person or tool to a ConfigMap or Secret; its creation is none. */
function lastWrite(
  snapshot: Snapshot,
  kind: 'ConfigMap' | 'Secret',
  at: { readonly namespace: string; readonly name: string },
): Write | undefined {
  const held = snapshot.get(kind, at.namespace, at.name);
  const write = held?.metadata.managers
    .filter((m) => m.subresource === '')
    .toSorted((a, b) => b.time.localeCompare(a.time))[0];
  if (held === undefined || write === undefined || write.time === held.metadata.creationTimestamp) return undefined;
  return { ...write, object: refTo(kind, held) };
}

/** The newest write to a ConfigMap or Secret that the workload reads, of those that the trouble followed. */
function fromConfiguration(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  const spec = specOf(snapshot, object);
  if (spec === undefined) return undefined;
  const { namespace } = object;
  const writes = configurationReferences({ spec }).map(({ kind, name }) =>
    lastWrite(snapshot, kind, { namespace, name }),
  );
  const followedWrites = writes.filter((write) => write !== undefined).filter((write) => followed(write.time, since));
  const [newest] = followedWrites.toSorted(
    (a, b) => b.time.localeCompare(a.time) || a.object.name.localeCompare(b.object.name),
  );
  if (newest === undefined) return undefined;
  const who = quote(newest.manager);
  return {
    sentence: `Since ${newest.object.kind} ${newest.object.name} was changed by ${who}.`,
    time: newest.time,
    evidence: [
      {
        source: 'spec',
        object: newest.object,
        quote: `${newest.operation} by ${who}`,
        time: newest.time,
        path: 'metadata.managedFields',
      },
    ],
  };
}

/** Writers that follow what others wrote. */
const followers = new Set(['kube-controller-manager', 'kubelet', 'kube-scheduler']);

/** The last write to a StatefulSet or DaemonSet, whose old templates are not at hand to compare. */
function fromWrite(snapshot: Snapshot, workload: ObjectRef, since: string): Beginning | undefined {
  const { kind, namespace, name } = workload;
  const held = kind === 'StatefulSet' || kind === 'DaemonSet' ? snapshot.get(kind, namespace, name) : undefined;
  const writes = (held?.metadata.managers ?? []).filter(
    (m) => m.subresource === '' && !followers.has(m.manager) && m.time !== held?.metadata.creationTimestamp,
  );
  const newest = writes.filter((m) => followed(m.time, since)).toSorted((a, b) => b.time.localeCompare(a.time))[0];
  if (newest === undefined) return undefined;
  const who = quote(newest.manager);
  return {
    sentence: `Since ${kind} ${name} was changed by ${who}.`,
    time: newest.time,
    evidence: [
      {
        source: 'spec',
        object: workload,
        quote: `${newest.operation} by ${who}`,
        time: newest.time,
        path: 'metadata.managedFields',
      },
    ],
    workload,
  };
}

/** The workload that would be changed: itself, or the one whose pods all stand behind a Service. */
function changedWorkload(snapshot: Snapshot, object: ObjectRef): ObjectRef {
  if (object.kind !== 'Service') return object;
  const workloads = new Map(
    podsStandingFor(snapshot, object)
      .map((pod) => workloadOf(snapshot, pod))
      .map((ref) => [refKey(ref), ref]),
  );
  const [only] = workloads.values();
  return workloads.size === 1 && only !== undefined ? only : object;
}

/** What changed shortly before `since` (ISO) at a workload, or behind a Service; undefined when nothing did, or nobody can tell. */
export function beginningOf(snapshot: Snapshot, object: ObjectRef, since: string): Beginning | undefined {
  if (since === '') return undefined;
  const workload = changedWorkload(snapshot, object);
  const revision =
    workload.kind === 'Deployment' ? fromRevision(snapshot, workload, since) : fromWrite(snapshot, workload, since);
  return revision ?? fromConfiguration(snapshot, workload, since);
}
