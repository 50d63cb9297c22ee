import type { Severity } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { catalogue } from '../../analyzers/catalogue.ts';
import { isReady } from '../../reading/pods/pod-status.ts';
import { isWholeDeployment } from '../../reading/workloads/workload-health.ts';
import { severityRank } from './cause-group.ts';
import type { CauseGroup } from './cause-group.ts';
import type { Explained } from './explanation.ts';

/** A node, the control plane or the cluster's DNS: everything stands on it, so what breaks it does too. */
export function isFoundation({ findings: [speaker] }: CauseGroup): boolean {
  const chapter = speaker === undefined ? undefined : catalogue.get(speaker.code)?.group;
  return chapter === 'node' || chapter === 'control-plane' || (speaker?.code.startsWith('dns.') ?? false);
}

function gravest(groups: readonly CauseGroup[]): Severity {
  const severities = groups.flatMap((g) => g.findings.map((f) => f.severity));
  return severities.toSorted((a, b) => severityRank(b) - severityRank(a))[0] ?? 'info';
}

/** Every workload that it touches has all the pods that it wants: what fails is one too many, such as a new revision's. */
function isHarmless(snapshot: Snapshot, explained: Explained, impactWeight: number): boolean {
  if (impactWeight > 0 || [explained.root, ...explained.symptoms].some(isFoundation)) return false;
  const touched = [explained.root.object, ...explained.symptoms.map((group) => group.object)].filter(
    ({ kind }) => kind === 'Deployment' || kind === 'StatefulSet' || kind === 'DaemonSet',
  );
  // A pod that is ready between two crashes counts as one that serves; it is not one too many.
  const flaps = [explained.root, ...explained.symptoms].some((group) =>
    group.findings.some(({ object }) => isReadyPod(snapshot, object)),
  );
  return !flaps && touched.length > 0 && touched.every((ref) => isWholeDeployment(snapshot, ref));
}

function isReadyPod(snapshot: Snapshot, { kind, namespace, name }: ObjectRef): boolean {
  const pod = kind === 'Pod' ? snapshot.get('Pod', namespace, name) : undefined;
  return pod !== undefined && isReady(pod);
}

/** How grave a cause is: as its findings and symptoms, but no more than a warning where everybody is served in full. */
export function severityOf(snapshot: Snapshot, explained: Explained, impactWeight: number): Severity {
  const severity = gravest([explained.root, ...explained.symptoms]);
  return severity === 'critical' && isHarmless(snapshot, explained, impactWeight) ? 'warning' : severity;
}
