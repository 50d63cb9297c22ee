import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import type { ObjectRef } from '@autodevops/domain/object-ref';
import { refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromStatus } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { crashingContainers } from '../../reading/pods/crashes/crashing-container.ts';
import type { CrashingContainer } from '../../reading/pods/crashes/crashing-container.ts';
import { imagePullFailures, isWrongPlatform } from '../../reading/images/image-pull-failure.ts';
import type { ImagePullFailure } from '../../reading/images/image-pull-failure.ts';
import { earlierImage } from '../../reading/workloads/earlier-image.ts';
import { undoChanges } from '../../reading/workloads/previous-revision.ts';
import { verdictOf } from '../../reading/output/output-verdict.ts';
import { lastTermination } from '../../reading/pods/pod-status.ts';
import type { ContainerView } from '../../reading/pods/pod-status.ts';
import { startFailureOf, unstartedContainers } from '../../reading/pods/starting/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/starting/start-failure.ts';
import { otherWindows, startClassOf } from '../../reading/pods/starting/start-failure-class.ts';
import type { Analyzer } from '../analyzer.ts';
import { platformMissing, windowsBuild, wrongArchitecture } from './codes.ts';

/** `node worker-1 (arm64)` with what the node says of itself. */
function nodeOf(snapshot: Snapshot, pod: Pod): { text: string; windows?: boolean; evidence: Evidence[] } {
  const name = pod.spec.nodeName;
  const node = name === undefined ? undefined : snapshot.get('Node', '', name);
  const architecture = node?.status.nodeInfo.architecture ?? '';
  if (node === undefined || architecture === '') {
    return { text: name === undefined ? 'its node' : `node ${name}`, evidence: [] };
  }
  const system = node.status.nodeInfo.operatingSystem;
  const evidence = fromStatus(refTo('Node', node), 'status.nodeInfo.architecture', architecture);
  if (system !== 'windows') return { text: `node ${name} (${architecture})`, evidence: [evidence] };
  return {
    text: `node ${name}, which runs Windows (${architecture})`,
    windows: true,
    evidence: [fromStatus(refTo('Node', node), 'status.nodeInfo.operatingSystem', system), evidence],
  };
}

const offWindows =
  'Keep its pods off Windows: nodeSelector `kubernetes.io/os: linux` in the template (or an image that is built for Windows).';

function checkPull(snapshot: Snapshot, failure: ImagePullFailure): Finding {
  const { view, ref, event, message, reason, pod, image } = failure;
  const node = nodeOf(snapshot, pod);
  const statuses = view.init ? 'initContainerStatuses' : 'containerStatuses';
  const said =
    event === undefined
      ? fromStatus(ref, `status.${statuses}[name=${view.spec.name}].state.waiting`, `${reason}: ${message}`)
      : fromEvent(event);
  return finding(platformMissing, {
    object: ref,
    cause: `Container "${view.spec.name}" asks for image "${image}", which is not built for ${node.text}.`,
    evidence: [said, ...node.evidence],
    since: event?.first ?? pod.metadata.creationTimestamp ?? '',
    facet: `${view.spec.name} ${image}`,
    nextSteps: node.windows === true ? [offWindows] : platformMissing.nextSteps,
    changes: [
      ...undoChanges(snapshot, pod),
      ...(failure.volume === undefined ? earlierImage(snapshot, pod, view.spec) : []),
    ],
  });
}

interface Misfit {
  readonly pod: Pod;
  readonly ref: ObjectRef;
  readonly view: ContainerView;
  readonly said: Evidence;
  readonly since: string;
}

function misfit(snapshot: Snapshot, { pod, ref, view, said, since }: Misfit): Finding {
  const node = nodeOf(snapshot, pod);
  return finding(wrongArchitecture, {
    object: ref,
    cause: `Container "${view.spec.name}" cannot run: the program in image "${view.spec.image}" is not of a format that ${node.text} executes.`,
    evidence: [said, ...node.evidence],
    since,
    facet: `${view.spec.name} ${view.spec.image}`,
    changes: [...undoChanges(snapshot, pod), ...earlierImage(snapshot, pod, view.spec)],
  });
}

function otherBuild(snapshot: Snapshot, { pod, ref, view, said, since }: Misfit): Finding {
  const node = snapshot.get('Node', '', pod.spec.nodeName ?? '');
  const { osImage = '', kernelVersion = '' } = node?.status.nodeInfo ?? {};
  const system = [osImage, kernelVersion].filter((part) => part !== '').join(', ');
  return finding(windowsBuild, {
    object: ref,
    cause: `Container "${view.spec.name}" cannot start: image "${view.spec.image}" is of another build of Windows than node ${pod.spec.nodeName ?? ''}${system === '' ? '' : ` (${system})`}.`,
    evidence: [
      said,
      ...(node === undefined ? [] : [fromStatus(refTo('Node', node), 'status.nodeInfo.osImage', osImage)]),
    ],
    since,
    facet: `${view.spec.name} ${view.spec.image}`,
    changes: [...undoChanges(snapshot, pod), ...earlierImage(snapshot, pod, view.spec)],
  });
}

/** The runtime could not execute the program. */
function checkStart(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const { pod, ref, view, failure } = unstarted;
  if (startClassOf(failure.reason, failure.message) !== 'platform') return [];
  const said = failure.event === undefined ? fromStatus(ref, failure.path, failure.message) : fromEvent(failure.event);
  const since = lastTermination(view.status)?.finishedAt ?? pod.metadata.creationTimestamp ?? '';
  const found = { pod, ref, view, said, since };
  const isBuild = failure.message.toLowerCase().includes(otherWindows);
  return [isBuild ? otherBuild(snapshot, found) : misfit(snapshot, found)];
}

/** The program ran, and a shell or the container's start said so. */
function checkOutput(snapshot: Snapshot, crash: CrashingContainer): Finding[] {
  const { pod, ref, view, output, ended } = crash;
  if (startFailureOf(snapshot, pod, view) !== undefined || ended?.exitCode === 0) return [];
  const verdict = verdictOf(output);
  if (verdict?.kind !== 'platform') return [];
  return [
    misfit(snapshot, { pod, ref, view, said: fromOutput(ref, view, verdict.line), since: ended?.finishedAt ?? '' }),
  ];
}

export const imagePlatform: Analyzer = {
  name: 'image-platform',
  codes: [platformMissing, windowsBuild, wrongArchitecture],
  analyze: (snapshot) => [
    ...imagePullFailures(snapshot)
      .filter(isWrongPlatform)
      .map((f) => checkPull(snapshot, f)),
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkStart(snapshot, unstarted)),
    ...crashingContainers(snapshot).flatMap((crash) => checkOutput(snapshot, crash)),
  ],
};
