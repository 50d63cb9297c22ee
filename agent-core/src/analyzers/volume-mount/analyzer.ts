import type { Evidence } from '@autodevops/domain/diagnosis';
import type { Finding } from '@autodevops/domain/finding';
import type { Pod } from '@autodevops/domain/kubernetes/pod';
import { refByName, refTo } from '@autodevops/domain/object-ref';
import type { Snapshot } from '@autodevops/domain/snapshot';
import { finding, fromEvent, fromSpec, fromStatus } from '../../evidence/finding.ts';
import { messageEnd } from '../../reading/long-message.ts';
import { volumeText } from '../../reading/pods/mount-of-path.ts';
import { nearMatches } from '../../reading/near-match.ts';
import { startClassOf } from '../../reading/pods/start-failure-class.ts';
import { unstartedContainers } from '../../reading/pods/start-failure.ts';
import type { UnstartedContainer } from '../../reading/pods/start-failure.ts';
import { stuckPods } from '../../reading/pods/stuck-pod.ts';
import type { StuckPod } from '../../reading/pods/stuck-pod.ts';
import type { Analyzer } from '../analyzer.ts';
import { hostPathFailed, mountPointFailed, subPathFailed, tokenFailed } from './codes.ts';

/** The mount that a message is about: by the name of its volume, or by its place in the container. */
function mountIn({ view, failure }: UnstartedContainer): number {
  const { message } = failure;
  const { volumeMounts } = view.spec;
  const bySubPath = volumeMounts.findIndex((m) => (m.subPath ?? m.subPathExpr ?? '') !== '' && (message.includes(`volumeMount "${m.name}"`) || message.includes(`/volume-subpaths/${m.name}/`) || message.includes(`"${m.mountPath}"`)));
  return bySubPath >= 0 ? bySubPath : volumeMounts.findIndex((m) => m.mountPath !== '' && message.includes(`"${m.mountPath}"`));
}

/** Of a ConfigMap or Secret, the keys that are like the subPath, unless it is there. */
function keyHint(snapshot: Snapshot, unstarted: UnstartedContainer, index: number): string[] {
  const mount = unstarted.view.spec.volumeMounts[index];
  const volume = unstarted.pod.spec.volumes.find((v) => v.name === mount?.name);
  const { namespace } = unstarted.pod.metadata;
  const map = volume?.configMap === undefined ? undefined : snapshot.get('ConfigMap', namespace, volume.configMap.name);
  const secret = volume?.secret === undefined ? undefined : snapshot.get('Secret', namespace, volume.secret.secretName);
  const keys = map === undefined ? (secret?.keys ?? []) : [...Object.keys(map.data), ...map.binaryData];
  const wanted = mount?.subPath ?? '';
  if (keys.length === 0 || keys.includes(wanted)) return [];
  const near = nearMatches(wanted, keys);
  return [`${volumeText(volume)} has no key "${wanted}"; it has ${(near.length > 0 ? near : keys.slice(0, 4)).map((k) => `"${k}"`).join(', ')}.`];
}

function checkContainer(snapshot: Snapshot, unstarted: UnstartedContainer): Finding[] {
  const { pod, ref, view, failure } = unstarted;
  if (startClassOf(failure.reason, failure.message) !== 'mount') return [];
  const index = mountIn(unstarted);
  const mount = view.spec.volumeMounts[index];
  const subPath = mount?.subPath ?? mount?.subPathExpr ?? '';
  const lower = failure.message.toLowerCase();
  const code = subPath !== '' || lower.includes('subpath') || lower.includes('directory onto a file') ? subPathFailed : mountPointFailed;
  const volume = pod.spec.volumes.find((v) => v.name === mount?.name);
  const what = mount === undefined ? 'one of its volumes' : `${subPath === '' ? '' : `"${subPath}" of `}${volumeText(volume)} at "${mount.mountPath}"`;
  const said = failure.event === undefined ? fromStatus(ref, failure.path, messageEnd(failure.message)) : fromEvent(failure.event);
  const hints = mount === undefined ? [] : keyHint(snapshot, unstarted, index);
  return [
    finding(code, {
      object: ref,
      cause: `Container "${view.spec.name}" does not start because ${what} cannot be mounted.`,
      evidence: [said, ...(mount === undefined ? [] : [fromSpec(ref, `${view.path}.volumeMounts[${index}]`, `${mount.mountPath}${subPath === '' ? '' : ` (subPath ${subPath})`}`)])],
      since: failure.event?.first ?? pod.metadata.creationTimestamp ?? '',
      facet: `${view.spec.name} ${mount?.mountPath ?? ''}`,
      nextSteps: [...hints, ...code.nextSteps],
    }),
  ];
}

function volumeNamed(message: string): string {
  return /for volume "([^"]{1,253})"/.exec(message)?.[1] ?? '';
}

/** The node has another container runtime than the one whose socket is wanted. */
function dockerGone(snapshot: Snapshot, pod: Pod, path: string): { readonly runtime: string; readonly evidence: readonly Evidence[] } | undefined {
  const node = path.endsWith('/docker.sock') ? snapshot.get('Node', '', pod.spec.nodeName ?? '') : undefined;
  const runtime = node?.status.nodeInfo.containerRuntimeVersion ?? '';
  if (node === undefined || runtime === '' || runtime.startsWith('docker:')) return undefined;
  return { runtime: runtime.split(':')[0] ?? runtime, evidence: [fromStatus(refTo('Node', node), 'status.nodeInfo.containerRuntimeVersion', runtime)] };
}

function checkVolumes(snapshot: Snapshot, stuck: StuckPod): Finding[] {
  const { pod, ref, complaints } = stuck;
  return complaints.flatMap(({ message, event }) => {
    const lower = message.toLowerCase();
    const name = volumeNamed(message);
    const index = pod.spec.volumes.findIndex((v) => v.name === name);
    const volume = pod.spec.volumes[index];
    if (event === undefined) return [];
    const shared = { object: ref, since: event.first ?? stuck.since, facet: name };
    const said = fromEvent({ ...event, message: messageEnd(event.message) });
    if (lower.includes('hostpath type check failed')) {
      const path = volume?.hostPath?.path ?? '';
      const spec = volume?.hostPath === undefined ? [] : [fromSpec(ref, `spec.volumes[${index}].hostPath`, `${path} (type ${volume.hostPath.type ?? ''})`)];
      const other = dockerGone(snapshot, pod, path);
      const type = volume?.hostPath?.type;
      return [
        finding(hostPathFailed, {
          ...shared,
          cause: `Volume "${name}" needs ${path === '' ? 'a path' : `"${path}"`} on node ${pod.spec.nodeName ?? ''}, which is not ${type === undefined ? 'there' : `a ${type.toLowerCase()} there`}${other === undefined ? '' : `: the node runs ${other.runtime} and no Docker`}.`,
          evidence: [said, ...spec, ...(other?.evidence ?? [])],
          ...(other === undefined ? {} : { nextSteps: ['Do the work without the Docker socket: build images with BuildKit, Buildah or Kaniko, read containers through the kubelet or the socket of the runtime (CRI).', 'Or run it on nodes that have Docker.'] }),
        }),
      ];
    }
    if (!lower.includes('failed to fetch token') && !lower.includes('failed to get service account token')) return [];
    const account = pod.spec.serviceAccountName ?? 'default';
    return [
      finding(tokenFailed, {
        ...shared,
        cause: `The token of service account "${account}" for the pod cannot be made, so volume "${name}" is not mounted.`,
        evidence: [said],
        because: [{ object: refByName('ServiceAccount', pod.metadata.namespace, account) }],
        facet: account,
      }),
    ];
  });
}

export const volumeMount: Analyzer = {
  name: 'volume-mount',
  kinds: ['Pod'],
  codes: [subPathFailed, mountPointFailed, hostPathFailed, tokenFailed],
  analyze: (snapshot) => [
    ...unstartedContainers(snapshot).flatMap((unstarted) => checkContainer(snapshot, unstarted)),
    ...stuckPods(snapshot).flatMap((stuck) => checkVolumes(snapshot, stuck)),
  ],
};
