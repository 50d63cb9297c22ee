import type { Evidence } from '@autodevops/domain/diagnosis';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import type { ContainerView } from '../reading/pod-status.ts';
import type { OutputLine } from '../reading/output-line.ts';
import { fromLog, fromStatus } from './finding.ts';

/** A quotation of what a container said, from its log or from its termination message. */
export function fromOutput(pod: ObjectRef, view: ContainerView, line: OutputLine): Evidence {
  if (line.source !== 'termination-message') return fromLog(pod, view.spec.name, line.source === 'previous-log', line.verbatim, line.time);
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  return fromStatus(pod, `status.${statuses}[name=${view.spec.name}].lastState.terminated.message`, line.verbatim, line.time);
}
