import type { ClusterOperation, Manifest, PatchStep } from '@autodevops/domain/change/operation';
import { targetOf } from '@autodevops/domain/ports/cluster-objects';
import type { Draft, Live } from '../action.ts';
import { awayAtOnce } from '../standing/away-at-once.ts';
import { podsOf } from '../standing/pods-of.ts';
import { reversePatch } from './reverse-patch.ts';

type Patch = Extract<ClusterOperation, { verb: 'patch' }>;

/** What an action says of its change of a pod template; the rest of the draft follows from the workload. */
export interface TemplateChange extends Pick<Draft, 'sentences' | 'notes' | 'risk'> {
  readonly steps: readonly PatchStep[];
  /** What going back does, one sentence. */
  readonly back: string;
}

/** A change of a workload's pod template: its pods are replaced by its update strategy; a CronJob's next ones differ. */
export async function templateChange(
  workload: Manifest,
  { steps, back, ...said }: TemplateChange,
  live: Live,
): Promise<Draft> {
  const patch: Patch = { verb: 'patch', target: targetOf(workload), subresource: '', steps: [...steps] };
  const touches = workload.kind === 'CronJob' ? [] : await podsOf(workload, live);
  return {
    ...said,
    operations: [patch],
    undo: { operations: [reversePatch(patch, workload)], why: back },
    touches,
    atOnce: awayAtOnce(workload, touches.length),
  };
}
