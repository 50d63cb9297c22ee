import type { Service } from '@autodevops/domain/kubernetes/network';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { matchesLabels } from '../../reading/selector.ts';
import { workloadTemplates } from '../../reading/workloads/workload-templates.ts';
import type { WorkloadTemplate } from '../../reading/workloads/workload-templates.ts';

type Labels = Readonly<Record<string, string>>;

/** Alike in all of them but the value of one. */
function differInOne(a: Labels, b: Labels): boolean {
  const keys = Object.keys(a);
  return (
    keys.length > 1 &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key)) &&
    keys.filter((key) => a[key] !== b[key]).length === 1
  );
}

/**
 * The colour that rests in a blue/green set-up: its twin, whose labels differ in one value only, serves, and another
 * Service leads to the twin by that same value.
 */
export function isIdleColour(snapshot: Snapshot, service: Service, idle: WorkloadTemplate): boolean {
  const { namespace } = service.metadata;
  const twins = workloadTemplates(snapshot, namespace).filter(
    (w) => w.ref.kind === idle.ref.kind && w.ready > 0 && w.ready >= w.replicas && differInOne(idle.labels, w.labels),
  );
  return twins.some((twin) =>
    snapshot
      .listIn('Service', namespace)
      .some(
        (other) =>
          differInOne(service.spec.selector, other.spec.selector) && matchesLabels(other.spec.selector, twin.labels),
      ),
  );
}
