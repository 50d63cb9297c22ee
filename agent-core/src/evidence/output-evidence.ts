import type { Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { ContainerView } from '../reading/pods/pod-status.ts';
import type { OutputLine } from '../reading/output/output-line.ts';
import { fromLog, fromStatus } from './finding.ts';

const shownBefore = 80;
const quotable = 300;

/** The part of a long line that holds certain words, where its beginning would not show them. */
function around(text: string, words: string): string {
  const at = words === '' ? -1 : text.toLowerCase().indexOf(words);
  return at <= quotable ? text : `…${text.slice(at - shownBefore)}`;
}

/** A quotation of what a container said, from its log or from its termination message; of a long line the part about `words`. */
export function fromOutput(pod: ObjectRef, view: ContainerView, line: OutputLine, words = ''): Evidence {
  if (line.source !== 'termination-message') {
    return fromLog(pod, view.spec.name, line.source === 'previous-log', around(line.verbatim, words), line.time);
  }
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  return fromStatus(
    pod,
    `status.${statuses}[name=${view.spec.name}].lastState.terminated.message`,
    line.verbatim,
    line.time,
  );
}
