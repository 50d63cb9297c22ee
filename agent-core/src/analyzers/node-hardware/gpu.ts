import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import { refByName } from '@autodevops/domain/object-ref';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { messageEnd } from '../../reading/long-message.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { said } from '../../reading/said.ts';
import { gpuDriver, gpuUnfit } from './codes.ts';

const codeOf: Partial<Record<FailureKind, CodeEntry>> = { 'gpu-driver': gpuDriver, 'gpu-unfit': gpuUnfit };

const lacking: ReadonlyMap<CodeEntry, string> = new Map([
  [gpuDriver, 'does not get at a GPU driver'],
  [gpuUnfit, 'cannot use the GPU or its driver, which is too old for it,'],
]);

function ofNode({ spec }: Pod): Finding['because'] {
  return spec.nodeName === undefined
    ? []
    : [{ object: refByName('Node', '', spec.nodeName), codes: ['node.problem.'] }];
}

/** What a program says of the GPU that it finds, or does not find. */
export function checkGpu(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const { ref, view, verdict, pod, since } = troubled;
  const code = codeOf[verdict.kind];
  if (code === undefined) return [];
  return [
    finding(code, {
      object: ref,
      cause: `${whoSpeaks(troubled)} ${lacking.get(code) ?? ''} on node ${pod.spec.nodeName ?? 'of its own'} ${whatFollows(troubled)}: ${said(tellingPart(verdict.line), 200)}.`,
      evidence: [fromOutput(ref, view, verdict.line)],
      since,
      confidence: 'high',
      because: ofNode(pod),
      facet: view.spec.name,
      changes: code === gpuUnfit ? undoChanges(snapshot, pod) : [],
    }),
  ];
}

/** What the container toolkit says, which the runtime asks before the program: `requirement error: unsatisfied condition: cuda>=12.6, ...`. */
function toolkitWords(message: string): string {
  const at = message.lastIndexOf('nvidia-container-cli: ');
  return at < 0
    ? messageEnd(message)
    : message.slice(at + 'nvidia-container-cli: '.length).replace(/: unknown\s*$/, '');
}

/** The toolkit that should give the GPU to a container refuses, so that the container is not even started. */
export function checkGpuStart(snapshot: Snapshot, { pod, ref, view, failure }: UnstartedContainer): Finding[] {
  if (startClassOf(failure.reason, failure.message) !== 'gpu') return [];
  const { event, path, message } = failure;
  const code = /unsatisfied condition|requirement error/.test(message.toLowerCase()) ? gpuUnfit : gpuDriver;
  return [
    finding(code, {
      object: ref,
      cause: `Container "${view.spec.name}" is not started: the GPU driver of node ${pod.spec.nodeName ?? 'of its own'} ${code === gpuUnfit ? 'does not fulfil what its image demands' : 'cannot be given to it'} (${said(toolkitWords(message), 200)}).`,
      evidence: [
        event === undefined
          ? fromStatus(ref, path, messageEnd(message))
          : fromEvent({ ...event, message: messageEnd(event.message) }),
      ],
      since: event?.first ?? pod.metadata.creationTimestamp ?? '',
      confidence: 'high',
      because: ofNode(pod),
      facet: view.spec.name,
      changes: code === gpuUnfit ? undoChanges(snapshot, pod) : [],
    }),
  ];
}
