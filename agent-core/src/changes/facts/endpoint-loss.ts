import { canonicalJson } from '@autodevops/domain/canonical-json';
import { labelSelector } from '@autodevops/domain/kubernetes/metadata';
import type { Manifest } from '@autodevops/domain/change/operation';
import { matchesLabels, matchesSelector } from '../../reading/selector.ts';
import { awayAtOnce } from '../../scarlet/standing/away-at-once.ts';
import { fieldAt } from '../../scarlet/patches/field-patch.ts';
import type { BeforeAfter } from './before-after.ts';
import { templateLabels } from './template-labels.ts';
import { labelsOf } from './touch.ts';

const rolling: readonly string[] = ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'];

interface Endpoints {
  readonly namespace: string;
  readonly selector: Readonly<Record<string, string>>;
  /** Pods behind the Service that are ready. */
  readonly ready: readonly Manifest[];
}

function differs(before: Manifest, after: Manifest, path: readonly string[]): boolean {
  return canonicalJson(fieldAt(before, path) ?? null) !== canonicalJson(fieldAt(after, path) ?? null);
}

function replicas(workload: Manifest): number {
  return Number(fieldAt(workload, ['spec', 'replicas']) ?? 1);
}

/** Whether pods of the new template are no longer behind the Service, which those of the old one were. */
function leavesService(after: Manifest, { selector }: Endpoints): boolean {
  return !matchesLabels(selector, templateLabels(after));
}

/** Whether pods of a changed workload come behind a Service, behind which those of before were not. */
export function joinsService(
  { object: { namespace }, before, after }: BeforeAfter,
  service: Pick<Endpoints, 'namespace' | 'selector'>,
): boolean {
  const labels = templateLabels(after);
  return (
    namespace === service.namespace &&
    Object.keys(labels).length > 0 &&
    matchesLabels(service.selector, labels) &&
    !matchesLabels(service.selector, templateLabels(before))
  );
}

function lossBy({ before, after }: BeforeAfter, endpoints: Endpoints): number {
  if (before === undefined || !rolling.includes(before.kind) || before.metadata.namespace !== endpoints.namespace) {
    return 0;
  }
  const selector = labelSelector.read(fieldAt(before, ['spec', 'selector']));
  const own = endpoints.ready.filter((pod) => matchesSelector(selector, labelsOf(pod))).length;
  if (after === undefined) return own;
  if (!differs(before, after, ['spec', 'template'])) return Math.min(own, fewer(before, after));
  return leavesService(after, endpoints)
    ? own
    : Math.min(own, fewer(before, after) + (after.kind === 'ReplicaSet' ? 0 : awayAtOnce(after, own)));
}

function fewer(before: Manifest, after: Manifest): number {
  return before.kind === 'DaemonSet' ? 0 : Math.max(0, replicas(before) - replicas(after));
}

/**
 * How many of a Service's ready endpoints changed workloads take from it at the same time, by how they are and would be:
 * fewer replicas, a new template under the strategy that holds then, pods that it no longer selects. What an action says
 * of itself is not leaned on.
 */
export function endpointLoss(changes: readonly BeforeAfter[], endpoints: Endpoints): number {
  return Math.min(
    endpoints.ready.length,
    changes.reduce((sum, change) => sum + lossBy(change, endpoints), 0),
  );
}

/** Whether a Service sends traffic elsewhere afterwards, or is gone; labels and annotations move none. */
export function isRerouted({ before, after }: BeforeAfter): boolean {
  return before !== undefined && (after === undefined || differs(before, after, ['spec']));
}
