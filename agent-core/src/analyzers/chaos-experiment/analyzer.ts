import type { Finding } from '@autodevops/domain/finding';
import { refText } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { distinctBy } from '../../reading/distinct-by.ts';
import { finding, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { nameList } from '../../reading/name-list.ts';
import { chaosExperiments } from '../../reading/platform/chaos-experiments.ts';
import type { ChaosExperiment } from '../../reading/platform/chaos-experiments.ts';
import { workloadOf } from '../../reading/workloads/owner.ts';
import type { Analyzer } from '../analyzer.ts';
import { experimentActs } from './codes.ts';

function targets(snapshot: Snapshot, { pods }: ChaosExperiment): string {
  const workloads = pods.map((ref) => {
    const pod = snapshot.get('Pod', ref.namespace, ref.name);
    return refText(pod === undefined ? ref : workloadOf(snapshot, pod));
  });
  return nameList(distinctBy(workloads, (name) => name));
}

function tell(snapshot: Snapshot, experiment: ChaosExperiment): Finding {
  const { object, does, duration, shown, since, stop } = experiment;
  const end =
    duration === undefined ? '' : duration === '' ? ' It has no end of its own.' : ` It is to last ${duration}.`;
  return finding(experimentActs, {
    object,
    cause: `The chaos experiment ${refText(object)} acts on ${targets(snapshot, experiment)}: ${does}.${end}`,
    since,
    evidence: [
      fromStatus(object, shown.path, shown.text, since),
      ...(duration === undefined || duration === '' ? [] : [fromSpec(object, 'spec.duration', duration)]),
    ],
    nextSteps: [...experimentActs.nextSteps, `End it, if it is not: \`${stop}\`; see the symptoms go, then delete it.`],
  });
}

/** Faults that are injected on purpose: what their pods suffer is explained by them. */
export const chaosExperiment: Analyzer = {
  name: 'chaos-experiment',
  codes: [experimentActs],
  analyze: (snapshot) => chaosExperiments(snapshot).map((experiment) => tell(snapshot, experiment)),
};
