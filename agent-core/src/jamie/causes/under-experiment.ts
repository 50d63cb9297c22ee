import type { Because, Finding } from '@autodevops/domain/finding';
import { refKey } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { chaosExperiments } from '../../reading/platform/chaos-experiments.ts';
import type { ChaosExperiment } from '../../reading/platform/chaos-experiments.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';

/** A fault that is injected makes a program slow, cut off, unready or end; it misspells no image and no setting. */
const effects = [
  'pod.probe.',
  'pod.not-ready.',
  'pod.liveness.',
  'pod.startup.',
  'pod.dependency.',
  'pod.crash.',
  'pod.memory.',
  'workload.',
  'service.no-endpoints',
  'signal.',
];

/** The pods that it acts on, and their workloads. */
function reachOf(snapshot: Snapshot, experiment: ChaosExperiment): ReadonlySet<string> {
  return new Set(
    experiment.pods.flatMap((ref) => {
      const pod = snapshot.get('Pod', ref.namespace, ref.name);
      return pod === undefined ? [refKey(ref)] : [refKey(ref), refKey(workloadOf(snapshot, pod))];
    }),
  );
}

/** What began before it is none of its doing. */
function isLater(finding: Finding, experiment: ChaosExperiment): boolean {
  return finding.since === '' || experiment.since === '' || Date.parse(finding.since) >= Date.parse(experiment.since);
}

/** Lets an experiment that acts now explain what its pods have suffered since it took hold. */
export function underExperiment(snapshot: Snapshot, findings: readonly Finding[]): readonly Finding[] {
  const acting = chaosExperiments(snapshot).map((experiment) => ({ experiment, reach: reachOf(snapshot, experiment) }));
  if (acting.length === 0) return findings;
  return findings.map((finding) => {
    if (!effects.some((prefix) => finding.code.startsWith(prefix))) return finding;
    const because = acting
      .filter(({ experiment, reach }) => reach.has(refKey(finding.object)) && isLater(finding, experiment))
      .map(({ experiment }): Because => ({ object: experiment.object, codes: ['chaos.'] }));
    return because.length === 0 ? finding : { ...finding, because: [...finding.because, ...because] };
  });
}
