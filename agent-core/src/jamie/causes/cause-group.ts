import type { Confidence, Severity } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import { isKindName } from '@autodevops/domain/kubernetes/kinds';
import { refKey } from '@autodevops/domain/object-ref';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { topOwner, workloadOf } from '../../reading/workloads/owner.ts';

/** Findings that say the same of the pods of one workload, or one finding by itself. */
export interface CauseGroup {
  readonly key: string;
  /** What people would edit: the workload of the pods, or the finding's own object. */
  readonly object: ObjectRef;
  readonly findings: readonly Finding[];
}

const severityOrder: readonly Severity[] = ['info', 'warning', 'critical'];
const confidenceOrder: readonly Confidence[] = ['low', 'medium', 'high'];

export function severityRank(severity: Severity): number {
  return severityOrder.indexOf(severity);
}

export function confidenceRank(confidence: Confidence): number {
  return confidenceOrder.indexOf(confidence);
}

/** The pod's workload, a ReplicaSet's Deployment, a Job's CronJob; any other object itself. With its uid where known. */
export function subjectOf(snapshot: Snapshot, object: ObjectRef): ObjectRef {
  const subject = controllingObject(snapshot, object);
  if (subject.uid !== '' || !isKindName(subject.kind)) return subject;
  const found = snapshot.get(subject.kind, subject.namespace, subject.name);
  return found === undefined ? subject : { ...subject, uid: found.metadata.uid };
}

function controllingObject(snapshot: Snapshot, object: ObjectRef): ObjectRef {
  if (object.kind === 'Pod') {
    const pod = snapshot.get('Pod', object.namespace, object.name);
    return pod === undefined ? object : workloadOf(snapshot, pod);
  }
  if (object.kind === 'ReplicaSet' || object.kind === 'Job') {
    const found = snapshot.get(object.kind, object.namespace, object.name);
    return found === undefined ? object : topOwner(snapshot, object.kind, found);
  }
  return object;
}

/** The finding that speaks for a group: the most certain, then the gravest, then the newest, then by name. */
function bySpeaking(a: Finding, b: Finding): number {
  return (
    confidenceRank(b.confidence) - confidenceRank(a.confidence) ||
    severityRank(b.severity) - severityRank(a.severity) ||
    b.since.localeCompare(a.since) ||
    refKey(a.object).localeCompare(refKey(b.object)) ||
    a.cause.localeCompare(b.cause)
  );
}

/** Merges findings; the order of the input does not matter. */
export function groupFindings(snapshot: Snapshot, findings: readonly Finding[]): readonly CauseGroup[] {
  const byKey = new Map<string, { object: ObjectRef; findings: Finding[] }>();
  for (const finding of findings) {
    const object = subjectOf(snapshot, finding.object);
    const key = [finding.code, refKey(object), finding.facet, finding.standing].join('|');
    const held = byKey.get(key);
    if (held === undefined) byKey.set(key, { object, findings: [finding] });
    else held.findings.push(finding);
  }
  return [...byKey].map(([key, group]) => ({
    key,
    object: group.object,
    findings: group.findings.toSorted(bySpeaking),
  }));
}
