import { z } from 'zod';
import type { Manifest } from '@autodevops/domain/change/operation';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refText } from '@autodevops/domain/object-ref';
import type { Live, Standing } from '../action.ts';
import { controllerOf, remakerOf } from '../targets/controller.ts';
import { budgetsOver, isServing } from './disruption-budgets.ts';
import type { Budget } from './disruption-budgets.ts';
import { fieldAt } from '../patches/field-patch.ts';
import { liveTarget } from '../targets/live-target.ts';
import { manifestName } from '../targets/manifest-name.ts';
import { refuse } from '../refusal.ts';

export const RemovalParams = z.strictObject({
  withoutController: z.boolean().optional().describe('also when nothing will make the pod anew'),
});
export type RemovalParams = z.infer<typeof RemovalParams>;

/** A static pod's picture in the API: its kubelet runs it from a file, and puts the picture back. */
export function isMirror(pod: Manifest): boolean {
  return (
    fieldAt(pod, ['metadata', 'annotations', 'kubernetes.io/config.mirror']) !== undefined ||
    controllerOf(pod)?.kind === 'Node'
  );
}

/** A pod that is to go, with what would make it anew. */
export interface Removal {
  readonly pod: Manifest;
  readonly controller: ObjectRef | undefined;
  readonly budgets: readonly Budget[];
  readonly notes: readonly string[];
}

/** Preconditions of taking one pod away; refused for a static pod, and for one that nothing makes anew unless it is meant. */
export async function removal(
  target: ObjectRef,
  { withoutController = false }: RemovalParams,
  live: Live,
): Promise<Removal> {
  const pod = await liveTarget(target, live);
  const name = refText(target);
  if (isMirror(pod)) {
    return refuse(
      `${name} is a static pod: its kubelet runs it from a file, and removing it here changes nothing.`,
      'Change the file on its node.',
    );
  }
  const controller = await remakerOf(pod, live);
  if (controller === undefined && !withoutController) {
    return refuse(
      `${name} has no controller: nothing would make it anew.`,
      'Say withoutController if it is to go for ever.',
    );
  }
  return { pod, controller, budgets: await budgetsOver([pod], live), notes: notesOf(pod, controller) };
}

function notesOf(pod: Manifest, controller: ObjectRef | undefined): readonly string[] {
  const scratch = ((fieldAt(pod, ['spec', 'volumes']) as readonly unknown[] | undefined) ?? []).some(
    (volume) => fieldAt(volume, ['emptyDir']) !== undefined,
  );
  return [
    controller === undefined ? 'Nothing makes it anew.' : `${refText(controller)} makes another.`,
    ...(scratch ? ['What it keeps in emptyDir volumes is lost.'] : []),
    ...(controller?.kind === 'Job' && isServing(pod) ? ['Its Job counts it as failed.'] : []),
  ];
}

/** Refused when a budget does not let a pod go that serves. Pods that do not serve harm nobody by going. */
export function checkHeadroom({ pod, budgets }: Removal): void {
  const full = budgets.find((budget) => budget.allowed < 1);
  if (full !== undefined && isServing(pod)) {
    refuse(
      `PodDisruptionBudget ${full.name} allows no disruption now (${full.healthy} of ${full.expected} pods are healthy).`,
      'Wait until more of them are ready, or scale up.',
    );
  }
}

/** The server evicts no pod that is under several budgets. */
export function checkOneBudget({ pod, budgets }: Removal): void {
  if (budgets.length > 1) {
    refuse(
      `${manifestName(pod)} is under ${budgets.length} PodDisruptionBudgets (${budgets.map((budget) => budget.name).join(', ')}), and the server evicts none that is under more than one.`,
      'Narrow their selectors, so that one of them covers it.',
    );
  }
}

/** The pod of this uid is gone; where another bears its name, that one is ready. */
export async function removalStanding(target: ObjectRef, live: Live): Promise<Standing> {
  const found = await live.cluster.get(target, { signal: live.signal });
  const name = refText(target);
  if (found === undefined) return { state: 'succeeded', says: `${name} is gone.` };
  if (found.metadata['uid'] === target.uid) {
    return {
      state: 'waiting',
      says: typeof found.metadata['deletionTimestamp'] === 'string' ? `${name} is ending.` : `${name} is still there.`,
    };
  }
  return isServing(found)
    ? { state: 'succeeded', says: `${name} was made anew and is ready.` }
    : { state: 'waiting', says: `${name} was made anew and is not ready yet.` };
}
