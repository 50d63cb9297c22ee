import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Draft } from '../action.ts';
import { reversePatch } from './reverse-patch.ts';

/** One patch of an object, and the patch that takes it back; nothing to send where there are no steps. `back` says what going back does. */
export function patchAndBack(
  object: Manifest,
  steps: readonly PatchStep[],
  back: string,
): Pick<Draft, 'operations' | 'undo'> {
  if (steps.length === 0) return { operations: [], undo: { operations: [], why: back } };
  const patch = {
    verb: 'patch',
    target: targetOf(object),
    subresource: '',
    steps: [...steps],
  } satisfies ClusterOperation;
  return { operations: [patch], undo: { operations: [reversePatch(patch, object)], why: back } };
}
