import { z } from 'zod';
import type { ClusterOperation, Manifest } from '@autodevops/domain/change/operation';
import { refText } from '@autodevops/domain/object-ref';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import { action } from '../../action.ts';
import type { Draft, Live, Standing, TypedRequest } from '../../action.ts';
import { fieldAt, setField } from '../../patches/field-patch.ts';
import { liveTarget } from '../../targets/live-target.ts';
import { mostReplicas } from '../../most-replicas.ts';
import { boundsOf, checkBounds, somePodsOf, targetOfScaler } from '../../standing/autoscaler-bounds.ts';
import { checkVolumeLoss } from '../../standing/volume-loss.ts';
import { refuse } from '../../refusal.ts';
import { reversePatch } from '../../patches/reverse-patch.ts';
import { countText, inThreeTenses } from '../../sentences.ts';
import { putBack } from '../../standing/template-standing.ts';

const Bound = z.int().min(1).max(mostReplicas);

const Params = z
  .strictObject({
    minReplicas: Bound.optional(),
    maxReplicas: Bound.optional(),
  })
  .refine(
    ({ minReplicas, maxReplicas }) => minReplicas !== undefined || maxReplicas !== undefined,
    'says neither minReplicas nor maxReplicas',
  );
type Params = z.infer<typeof Params>;

function currentOf(scaler: Manifest): number {
  return Number(fieldAt(scaler, ['status', 'currentReplicas']) ?? 0);
}

async function plan({ target, params }: TypedRequest<Params>, live: Live): Promise<Draft> {
  const scaler = await liveTarget(target, live);
  const name = refText(target);
  const before = boundsOf(scaler);
  const after = { min: params.minReplicas ?? before.min, max: params.maxReplicas ?? before.max };
  if (after.min === before.min && after.max === before.max) {
    refuse(`${name} has these bounds already.`, 'Nothing is to be done.');
  }
  checkBounds(before, after);
  const steps = [
    ...(after.min === before.min ? [] : setField(scaler, ['spec', 'minReplicas'], after.min)),
    ...(after.max === before.max ? [] : setField(scaler, ['spec', 'maxReplicas'], after.max)),
  ];
  const patch = { verb: 'patch', target: targetOf(scaler), subresource: '', steps } satisfies ClusterOperation;
  const current = currentOf(scaler);
  const fewer = Math.max(0, current - after.max);
  const more = Math.max(0, after.min - current);
  const workload = fewer === 0 ? undefined : await targetOfScaler(scaler, target.namespace, live);
  if (workload !== undefined) checkVolumeLoss(workload);
  return {
    sentences: inThreeTenses(
      ['Let', 'Letting', 'Let'],
      `${name} scale between ${after.min} and ${after.max} replicas instead of ${before.min} and ${before.max}`,
    ),
    operations: [patch],
    undo: {
      operations: [reversePatch(patch, scaler)],
      why: `Sets the bounds back to ${before.min} and ${before.max}.`,
    },
    touches: await somePodsOf(workload, fewer, live),
    notes: [
      ...(fewer === 0 ? [] : [`${countText(fewer, 'replica')} of the present ${current} will go at once.`]),
      ...(more === 0 ? [] : [`${countText(more, 'replica')} will be added to the present ${current} at once.`]),
      ...(current >= before.max && after.max > before.max ? [`It stands at its maximum of ${before.max} now.`] : []),
    ],
    ...(fewer > 0 || after.min < before.min ? { risk: 'medium' as const } : {}),
  };
}

async function verify({ target, params }: TypedRequest<Params>, live: Live): Promise<Standing> {
  const scaler = await liveTarget(target, live);
  const { min, max } = boundsOf(scaler);
  if (min !== (params.minReplicas ?? min) || max !== (params.maxReplicas ?? max)) {
    return putBack(scaler, 'the bounds that were set');
  }
  const current = currentOf(scaler);
  // With no replicas at all the autoscaler is off: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#implicit-maintenance-mode-deactivation
  if (current === 0) {
    return { state: 'succeeded', says: `${refText(target)} has its bounds; its target is scaled to 0.` };
  }
  if (current >= min && current <= max) {
    return { state: 'succeeded', says: `${refText(target)} stands at ${current}, between ${min} and ${max}.` };
  }
  return { state: 'waiting', says: `${refText(target)} stands at ${current} and goes to between ${min} and ${max}.` };
}

export const adjustAutoscaler = action<Params>({
  name: 'adjust-autoscaler',
  title: 'Adjust the bounds of an autoscaler',
  kinds: ['HorizontalPodAutoscaler'],
  params: Params,
  risk: 'low',
  patience: 300,
  plan,
  verify,
});
