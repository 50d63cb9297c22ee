import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { logLines } from './log-lines.ts';
import { lastTermination } from '../pods/pod-status.ts';
import type { ContainerView } from '../pods/pod-status.ts';
import { readableLine } from './readable-line.ts';
import type { ReadableLine } from './readable-line.ts';

/** One thing that a container said, from its log or from its termination message. */
export interface OutputLine extends ReadableLine {
  /** As it stands in the source, for a quotation. */
  readonly verbatim: string;
  readonly time: string;
  readonly source: 'log' | 'previous-log' | 'termination-message';
}

const mostLines = 200;

/** What the container said last, oldest first, at most 200 lines: its log, else its termination message. */
export function outputOf(
  snapshot: Snapshot,
  pod: Pod,
  view: ContainerView,
  which: 'previous-first' | 'current' = 'previous-first',
): readonly OutputLine[] {
  const lines = logLines(snapshot, pod, view.spec.name, which);
  if (lines.length > 0) {
    return lines.slice(-mostLines).map((line) => ({
      ...readableLine(line.text),
      verbatim: line.text,
      time: line.time,
      source: line.previous ? 'previous-log' : 'log',
    }));
  }
  const ended = lastTermination(view.status);
  if (which === 'current' || ended?.message === undefined || isRuntimeText(ended.reason)) return [];
  const time = ended.finishedAt ?? '';
  const said = ended.message.split('\n').filter((line) => line.trim() !== '');
  return said
    .slice(-mostLines)
    .map((line) => ({ ...readableLine(line), verbatim: line, time, source: 'termination-message' }));
}

/** A container that could not be started has the runtime's words in its message, not its own. */
function isRuntimeText(reason: string | undefined): boolean {
  return reason === 'StartError' || reason === 'ContainerCannotRun' || reason === 'ContainerStatusUnknown';
}
