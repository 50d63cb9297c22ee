import type { ProposedChange } from '@autodevops/domain/diagnosis';
import type { Snapshot } from '@autodevops/domain/snapshot';
import type { UnscheduledPod } from '../../reading/scheduling/unscheduled-pod.ts';
import { templateOwner } from '../../reading/workloads/template-owner.ts';

/** To let the one container that asks for it ask for less; how much it needs only a person can tell. */
export function lowerRequest(snapshot: Snapshot, { pod }: UnscheduledPod, resource: string): readonly ProposedChange[] {
  const target = templateOwner(snapshot, pod);
  const [container, another] = [...pod.spec.initContainers, ...pod.spec.containers].filter(
    ({ resources }) => (resources.requests[resource] ?? resources.limits[resource]) !== undefined,
  );
  if (
    target === undefined ||
    container === undefined ||
    another !== undefined ||
    (resource !== 'cpu' && resource !== 'memory')
  ) {
    return [];
  }
  return [
    { action: 'set-resources', target, params: { container: container.name }, risk: 'medium', asks: ['requests'] },
  ];
}
