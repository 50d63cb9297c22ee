import { z } from 'zod';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import type { PodTemplate } from '@autodevops/domain/kubernetes/pod';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { parseQuantity } from '@autodevops/domain/quantity';
import { requestOf } from '../../../reading/scheduling/pod-request.ts';
import { action } from '../../action.ts';
import type { Draft, Live, TypedRequest } from '../../action.ts';
import { autoscalersOf } from '../../standing/autoscalers-of.ts';
import { controllerOf } from '../../targets/controller.ts';
import { isServing } from '../../standing/disruption-budgets.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { mostReplicas } from '../../most-replicas.ts';
import { podsOf } from '../../standing/pods-of.ts';
import { checkVolumeLoss } from '../../standing/volume-loss.ts';
import { quotaShortages } from '../../standing/quota-shortage.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { inThreeTenses } from '../../sentences.ts';
import { templateOf } from '../../targets/workload-template.ts';
import { replicasOf, scaleStanding } from './scale-standing.ts';

const Params = z.strictObject({
  replicas: z.int().min(0).max(mostReplicas).describe('how many replicas there should be'),
});
type Params = z.infer<typeof Params>;

/** An autoscaler puts back what is outside of its bounds; with no replicas at all it is off. */
function checkAutoscaler(scaler: Manifest, replicas: number): void {
  const [min, max] = [
    Number(fieldAt(scaler, ['spec', 'minReplicas']) ?? 1),
    Number(fieldAt(scaler, ['spec', 'maxReplicas']) ?? 1),
  ];
  if (replicas > 0 && (replicas < min || replicas > max)) {
    refuse(
      `HorizontalPodAutoscaler ${scaler.metadata.name} keeps it between ${min} and ${max} replicas and would put ${replicas} back.`,
      'Adjust the bounds of the autoscaler.',
    );
  }
}

function autoscalerNote(scaler: Manifest, replicas: number): string {
  if (replicas === 0) return `HorizontalPodAutoscaler ${scaler.metadata.name} is off while there are no replicas.`;
  return `HorizontalPodAutoscaler ${scaler.metadata.name} scales this workload too and may put another number.`;
}

/** What this many more pods of the template add to what quotas count. */
function growthOf({ spec }: PodTemplate, more: number): ReadonlyMap<string, number> {
  const growth = new Map<string, number>([
    ['pods', more],
    ['count/pods', more],
  ]);
  for (const [resource, amount] of requestOf(spec)) {
    growth.set(`requests.${resource}`, amount * more).set(resource, amount * more);
  }
  for (const resource of ['cpu', 'memory']) {
    const limits = spec.containers.map((container) => parseQuantity(container.resources.limits[resource]) ?? 0);
    growth.set(`limits.${resource}`, limits.reduce((sum, limit) => sum + limit, 0) * more);
  }
  return growth;
}

async function checkQuota(workload: Manifest, more: number, live: Live): Promise<void> {
  const [shortage] = await quotaShortages(
    workload.metadata.namespace ?? '',
    growthOf(templateOf(workload), more),
    live,
  );
  if (shortage !== undefined) refuse(shortage, 'Free some of the quota first, or have it raised.');
}

/** Those that may go: a StatefulSet's last ones; of others it is not known which, so ready ones count first. */
function leavers(workload: Manifest, pods: readonly Manifest[], fewer: number): readonly Manifest[] {
  const ordinal = (pod: Manifest): number => Number(/-(\d+)$/.exec(pod.metadata.name)?.[1] ?? 0);
  const ordered =
    workload.kind === 'StatefulSet'
      ? pods.toSorted((a, b) => ordinal(b) - ordinal(a))
      : pods.toSorted((a, b) => Number(isServing(b)) - Number(isServing(a)));
  return ordered.slice(0, fewer);
}

async function plan({ target, params: { replicas } }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const workload = await liveTarget(target, live);
  const name = refText(target);
  const owner = controllerOf(workload);
  if (workload.kind === 'ReplicaSet' && owner !== undefined) {
    return refuse(
      `${name} belongs to ${refText(owner)}, which puts its number of replicas back.`,
      `Ask for the change of ${refText(owner)}.`,
    );
  }
  const now = replicasOf(workload);
  if (now === replicas) return refuse(`${name} is to have ${now} replicas already.`, 'Nothing is to be done.');
  if (fieldAt(workload, ['spec', 'paused']) === true) {
    return refuse(
      `The rollout of ${name} is paused: new replicas might be of another revision than people expect.`,
      'Resume the rollout first.',
    );
  }
  const [scaler] = await autoscalersOf(workload, live);
  if (scaler !== undefined) checkAutoscaler(scaler, replicas);
  if (replicas < now) checkVolumeLoss(workload);
  if (replicas > now) await checkQuota(workload, replicas - now, live);
  const patch = {
    verb: 'patch',
    target: targetOf(workload),
    subresource: '',
    steps: [...setField(workload, ['spec', 'replicas'], replicas)],
  } satisfies ClusterOperation;
  const pods = await podsOf(workload, live);
  return {
    sentences: inThreeTenses(['Scale', 'Scaling', 'Scaled'], `${name} from ${now} to ${replicas} replicas`),
    operations: [patch],
    undo: { operations: [reversePatch(patch, workload)], why: `Scales back to ${now}.` },
    touches: replicas < now ? leavers(workload, pods, now - replicas) : [],
    notes: scaler === undefined ? [] : [autoscalerNote(scaler, replicas)],
    ...(replicas === 0 ? { risk: 'high' as const } : {}),
  };
}

export const scale = action<Params>({
  name: 'scale',
  title: 'Scale a workload',
  kinds: ['Deployment', 'StatefulSet', 'ReplicaSet'],
  params: Params,
  risk: 'medium',
  patience: 300,
  plan,
  verify: async ({ target, params }, live) => scaleStanding(await liveTarget(target, live), params.replicas),
});
