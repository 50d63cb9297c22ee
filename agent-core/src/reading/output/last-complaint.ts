import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { outputOf } from './output-line.ts';
import type { OutputLine } from './output-line.ts';
import { gravestLine } from './alarming-line.ts';
import { verdictOf } from './output-verdict.ts';
import { containersOf } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';

export interface Complaint {
  readonly view: ContainerView;
  readonly line: OutputLine;
}

/** The last line that looks like an error of a container that is not well (or, if that is asked for, of any); where its log was not read, nothing. */
export function lastComplaint(snapshot: Snapshot, pod: Pod, of: 'unwell' | 'any' = 'unwell'): Complaint | undefined {
  for (const view of containersOf(pod)) {
    const endedWell = view.status?.state.terminated?.exitCode === 0;
    if (of === 'unwell' && (view.status?.ready === true || endedWell)) continue;
    const output = outputOf(snapshot, pod, view);
    const line = verdictOf(output)?.line ?? gravestLine(output);
    if (line !== undefined) return { view, line };
  }
  return undefined;
}
