import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { growClaim } from '../../evidence/claim-growth.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import type { Told } from '../../evidence/told.ts';
import { mentionedPath } from '../../reading/output/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/pods/volumes/mount-of-path.ts';
import type { MountOfPath } from '../../reading/pods/volumes/mount-of-path.ts';
import type { FailureKind } from '../../reading/output/failures/failure-kind.ts';
import { tellingPart } from '../../reading/output/telling-part.ts';
import { said } from '../../reading/said.ts';
import { troubledContainers } from '../../reading/pods/troubled-container.ts';
import type { TroubledContainer } from '../../reading/pods/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import {
  diskFull,
  filePermission,
  filesExhausted,
  kernelModule,
  kernelSetting,
  modeTooOpen,
  portInUse,
  privilegedPort,
  threadsExhausted,
  unknownUser,
  volumePermission,
} from './codes.ts';
import { checkExhausted } from './exhausted.ts';
import { identity, modeRefused, permissionLacking, userUnknown } from './file-access.ts';
import { holderInPod, holderOnNode, takenPort } from './port-holder.ts';

const fullWords = ['no space left', 'enospc'];

function claimOf(pod: Pod, mounted: MountOfPath | undefined): Finding['because'] {
  const claim = mounted?.volume?.persistentVolumeClaim?.claimName;
  return claim === undefined ? [] : [{ object: refByName('PersistentVolumeClaim', pod.metadata.namespace, claim) }];
}

function lowPort(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const port = takenPort(verdict.line);
  return [
    privilegedPort,
    {
      cause: `${whoSpeaks(troubled)} may not listen on ${port === undefined ? 'its port' : `port ${port}`} as ${identity(pod, view).split(',')[0]} ${whatFollows(troubled)}.`,
      evidence: [fromOutput(ref, view, verdict.line)],
    },
  ];
}

function takenBy(snapshot: Snapshot, troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const port = takenPort(verdict.line);
  const holder = port === undefined ? undefined : (holderInPod(pod, view, port) ?? holderOnNode(snapshot, pod, port));
  const own = holder?.pod.metadata.uid === pod.metadata.uid;
  const by =
    holder === undefined
      ? 'already taken'
      : own
        ? `held by container "${holder.container}" of the same pod`
        : `held by pod ${holder.pod.metadata.namespace}/${holder.pod.metadata.name} on the same node`;
  const quoted = holder === undefined ? [] : [fromSpec(refTo('Pod', holder.pod), holder.path, holder.value)];
  return [
    portInUse,
    {
      cause: `${whoSpeaks(troubled)} cannot listen on ${port === undefined ? 'its port' : `port ${port}`}, which is ${by}, ${whatFollows(troubled)}.`,
      evidence: [fromOutput(ref, view, verdict.line), ...quoted],
      confidence: holder === undefined ? 'medium' : 'high',
    },
  ];
}

function full(snapshot: Snapshot, troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const path = mentionedPath(verdict.line.text, fullWords);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const node = pod.spec.nodeName;
  const claim = mounted?.volume?.persistentVolumeClaim?.claimName;
  const what = mounted !== undefined ? volumeText(mounted.volume) : 'the disk that it writes to';
  const because = [
    ...claimOf(pod, mounted),
    ...(node === undefined ? [] : [{ object: refByName('Node', '', node), codes: ['node.'] }]),
  ];
  const quoted = mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)];
  return [
    diskFull,
    {
      cause: `${whoSpeaks(troubled)} cannot write${path === '' ? '' : ` "${path}"`} because ${what} is full, ${whatFollows(troubled)}${path === '' ? `: ${said(tellingPart(verdict.line), 160)}` : ''}.`,
      evidence: [fromOutput(ref, view, verdict.line), ...quoted],
      because,
      changes: claim === undefined ? [] : growClaim(snapshot, pod.metadata.namespace, claim),
    },
  ];
}

function told(snapshot: Snapshot, troubled: TroubledContainer): readonly [CodeEntry, Told] | undefined {
  const kind: FailureKind = troubled.verdict.kind;
  if (kind === 'permission') return permissionLacking(troubled);
  if (kind === 'mode-too-open') return modeRefused(troubled);
  if (kind === 'unknown-user') return userUnknown(troubled);
  if (kind === 'privileged-port') return lowPort(troubled);
  if (kind === 'port-in-use') return takenBy(snapshot, troubled);
  return kind === 'disk-full' ? full(snapshot, troubled) : undefined;
}

/** A kernel that finds its disk damaged makes it read-only: the node says so, and no user or group would help. */
function readOnlyDisk({ verdict, pod }: TroubledContainer): Finding['because'] {
  const says = verdict.line.lower.includes('read-only file system') || verdict.line.lower.includes('erofs');
  return says && pod.spec.nodeName !== undefined
    ? [{ object: refByName('Node', '', pod.spec.nodeName), codes: ['node.problem'] }]
    : [];
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const found = told(snapshot, troubled);
  if (found === undefined) return [];
  const [code, words] = found;
  const lower = troubled.state === 'unready' ? { confidence: 'medium' as const } : {};
  return [
    finding(code, {
      object: troubled.ref,
      since: troubled.since,
      facet: troubled.view.spec.name,
      ...words,
      because: [...(words.because ?? []), ...readOnlyDisk(troubled)],
      ...lower,
    }),
  ];
}

export const containerSystem: Analyzer = {
  name: 'container-system',
  codes: [
    volumePermission,
    filePermission,
    modeTooOpen,
    unknownUser,
    privilegedPort,
    portInUse,
    diskFull,
    threadsExhausted,
    filesExhausted,
    kernelSetting,
    kernelModule,
  ],
  analyze: (snapshot) =>
    troubledContainers(snapshot).flatMap((troubled) => [...check(snapshot, troubled), ...checkExhausted(troubled)]),
};
