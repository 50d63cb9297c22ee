import type { CodeEntry, Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { whatFollows, whoSpeaks } from '../../evidence/dependency-evidence.ts';
import { growClaim } from '../../evidence/claim-growth.ts';
import { finding, fromSpec } from '../../evidence/finding.ts';
import { fromOutput } from '../../evidence/output-evidence.ts';
import { mentionedPath } from '../../reading/mentioned-path.ts';
import { mountOfPath, volumeText } from '../../reading/mount-of-path.ts';
import type { MountOfPath } from '../../reading/mount-of-path.ts';
import type { FailureKind } from '../../reading/output-failure.ts';
import type { ContainerView } from '../../reading/pod-status.ts';
import { troubledContainers } from '../../reading/troubled-container.ts';
import type { TroubledContainer } from '../../reading/troubled-container.ts';
import type { Analyzer } from '../analyzer.ts';
import { diskFull, filePermission, filesExhausted, kernelSetting, portInUse, privilegedPort, threadsExhausted, volumePermission } from './codes.ts';
import { checkExhausted } from './exhausted.ts';
import { holderInPod, holderOnNode, takenPort } from './port-holder.ts';

type Told = Pick<Finding, 'cause' | 'evidence'> & Partial<Finding>;

const complaints = ['permission denied', 'eacces', 'operation not permitted', 'read-only file system', 'erofs', 'accessdenied', 'not writable', 'access to the path', 'no space left', 'enospc', 'unable to write'];

/** `user 1000, fsGroup not set`: as whom the container runs, where the pod says so. */
function identity(pod: Pod, view: ContainerView): string {
  const user = view.spec.securityContext.runAsUser ?? pod.spec.securityContext.runAsUser;
  const group = pod.spec.securityContext.fsGroup;
  return `${user === undefined ? 'the user of its image' : `user ${user}`}, ${group === undefined ? 'without fsGroup' : `fsGroup ${group}`}`;
}

function claimOf(pod: Pod, mounted: MountOfPath | undefined): Finding['because'] {
  const claim = mounted?.volume?.persistentVolumeClaim?.claimName;
  return claim === undefined ? [] : [{ object: refByName('PersistentVolumeClaim', pod.metadata.namespace, claim) }];
}

function permission(troubled: TroubledContainer): readonly [CodeEntry, Told] {
  const { ref, view, verdict, pod } = troubled;
  const path = mentionedPath(verdict.line.text, complaints);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const said = fromOutput(ref, view, verdict.line);
  if (mounted === undefined) {
    const locked = view.spec.securityContext.readOnlyRootFilesystem === true;
    const why = locked ? 'the root file system of the container is read-only' : `it runs as ${identity(pod, view).split(',')[0]}`;
    const cause = `${whoSpeaks(troubled)} has no permission on ${path === '' ? 'a file' : `"${path}"`} (${why}) ${whatFollows(troubled)}.`;
    const quoted = locked ? [said, fromSpec(ref, `${view.path}.securityContext.readOnlyRootFilesystem`, 'true')] : [said];
    return [filePermission, { cause, evidence: quoted, confidence: path === '' ? 'low' : 'medium' }];
  }
  const how = mounted.mount.readOnly === true ? 'mounted read-only' : `used as ${identity(pod, view)}`;
  return [
    volumePermission,
    {
      cause: `${whoSpeaks(troubled)} has no permission on "${path}" in ${volumeText(mounted.volume)}, ${how}, ${whatFollows(troubled)}.`,
      evidence: [said, fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)],
    },
  ];
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
  const by = holder === undefined ? 'already taken' : own ? `held by container "${holder.container}" of the same pod` : `held by pod ${holder.pod.metadata.namespace}/${holder.pod.metadata.name} on the same node`;
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
  const path = mentionedPath(verdict.line.text, complaints);
  const mounted = path === '' ? undefined : mountOfPath(pod, view, path);
  const node = pod.spec.nodeName;
  const claim = mounted?.volume?.persistentVolumeClaim?.claimName;
  const what = mounted !== undefined ? volumeText(mounted.volume) : 'the disk that it writes to';
  const because = [...claimOf(pod, mounted), ...(node === undefined ? [] : [{ object: refByName('Node', '', node), codes: ['node.'] }])];
  const quoted = mounted === undefined ? [] : [fromSpec(ref, `${mounted.path}.mountPath`, mounted.mount.mountPath)];
  return [
    diskFull,
    {
      cause: `${whoSpeaks(troubled)} cannot write${path === '' ? '' : ` "${path}"`} because ${what} is full, ${whatFollows(troubled)}.`,
      evidence: [fromOutput(ref, view, verdict.line), ...quoted],
      because,
      changes: claim === undefined ? [] : growClaim(snapshot, pod.metadata.namespace, claim),
    },
  ];
}

function told(snapshot: Snapshot, troubled: TroubledContainer): readonly [CodeEntry, Told] | undefined {
  const kind: FailureKind = troubled.verdict.kind;
  if (kind === 'permission') return permission(troubled);
  if (kind === 'privileged-port') return lowPort(troubled);
  if (kind === 'port-in-use') return takenBy(snapshot, troubled);
  return kind === 'disk-full' ? full(snapshot, troubled) : undefined;
}

function check(snapshot: Snapshot, troubled: TroubledContainer): Finding[] {
  const found = told(snapshot, troubled);
  if (found === undefined) return [];
  const [code, said] = found;
  const lower = troubled.state === 'unready' ? { confidence: 'medium' as const } : {};
  return [finding(code, { object: troubled.ref, since: troubled.since, facet: troubled.view.spec.name, ...said, ...lower })];
}

export const containerSystem: Analyzer = {
  name: 'container-system',
  kinds: ['Pod'],
  codes: [volumePermission, filePermission, privilegedPort, portInUse, diskFull, threadsExhausted, filesExhausted, kernelSetting],
  analyze: (snapshot) => troubledContainers(snapshot).flatMap((troubled) => [...check(snapshot, troubled), ...checkExhausted(troubled)]),
};
