import type { Manifest } from '@autodevops/domain/change/operation';
import { kinds } from '@autodevops/domain/kubernetes/kinds';
import type { PodDisruptionBudget } from '@autodevops/domain/kubernetes/workload';
import { isFinished, isReady } from '../../reading/pods/pod-status.ts';
import { matchesSelector } from '../../reading/selector.ts';
import type { Live } from '../action.ts';
import { countText } from '../sentences.ts';

/** A PodDisruptionBudget with those of some pods that it covers. */
export interface Budget {
  /** `shop/web` */
  readonly name: string;
  /** How many of its pods may be evicted now; 0 while its controller has not looked at it. */
  readonly allowed: number;
  readonly healthy: number;
  readonly expected: number;
  readonly covers: readonly Manifest[];
}

function budgetOf(budget: PodDisruptionBudget, covers: readonly Manifest[]): Budget {
  const { metadata, status } = budget;
  const current = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  return {
    name: `${metadata.namespace}/${metadata.name}`,
    allowed: current ? (status.disruptionsAllowed ?? 0) : 0,
    healthy: status.currentHealthy ?? 0,
    expected: status.expectedPods ?? 0,
    covers,
  };
}

/** Budgets that cover any of the pods. A budget without a selector covers none, one with an empty selector covers all. */
export async function budgetsOver(pods: readonly Manifest[], live: Live): Promise<readonly Budget[]> {
  const namespaces = [...new Set(pods.map((pod) => pod.metadata.namespace ?? ''))];
  const lists = await Promise.all(
    namespaces.map((namespace) =>
      live.cluster.list({ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', namespace }, { signal: live.signal }),
    ),
  );
  return lists
    .flat()
    .map((raw) => kinds.PodDisruptionBudget.shape.read(raw))
    .flatMap((budget) => {
      const { selector } = budget.spec;
      const covers =
        selector === undefined
          ? []
          : pods.filter(
              (pod) =>
                pod.metadata.namespace === budget.metadata.namespace &&
                matchesSelector(selector, kinds.Pod.shape.read(pod).metadata.labels),
            );
      return covers.length === 0 ? [] : [budgetOf(budget, covers)];
    });
}

/** Whether losing the pod counts: a finished or unready one serves nobody. */
export function isServing(pod: Manifest): boolean {
  const read = kinds.Pod.shape.read(pod);
  return !isFinished(read) && isReady(read);
}

/** What a budget leaves for the evictions, one sentence. */
export function headroomText({ name, allowed, healthy, expected, covers }: Budget): string {
  const under = `${countText(covers.length, 'pod')} ${covers.length === 1 ? 'is' : 'are'} under it`;
  if (allowed >= covers.length) return `PodDisruptionBudget ${name} allows ${allowed} now, and ${under}.`;
  if (allowed > 0) {
    return `PodDisruptionBudget ${name} allows ${allowed} now, and ${under}: they leave one after another.`;
  }
  if (healthy >= expected) {
    return `PodDisruptionBudget ${name} allows none even with all ${countText(expected, 'pod')} healthy, and ${under}: it will not let them go before it or the number of pods changes.`;
  }
  return `PodDisruptionBudget ${name} allows none now (${healthy} of ${countText(expected, 'pod')} healthy), and ${under}: it waits until more are healthy.`;
}
